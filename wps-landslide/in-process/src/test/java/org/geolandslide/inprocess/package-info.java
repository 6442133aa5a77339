/** The plugin inside of a GeoServer that GeoServer's own test support starts in the process of the tests. */
@org.jspecify.annotations.NullMarked
package org.geolandslide.inprocess;
