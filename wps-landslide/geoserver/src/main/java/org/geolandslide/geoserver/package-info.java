/**
 * The binding to GeoServer: its data directory as the place of the models, and a line on its status page. The processes
 * themselves need none of it. The only package that names {@code org.geoserver}.
 */
@NullMarked
package org.geolandslide.geoserver;

import org.jspecify.annotations.NullMarked;
