/**
 * Tests of the map page in a browser: against recorded answers, and against a GeoServer where one is named. The page itself is
 * HTML, CSS and JavaScript in {@code geoserver-data/www/landslide}; there is no code of it here.
 */
package org.geolandslide.mappage;
