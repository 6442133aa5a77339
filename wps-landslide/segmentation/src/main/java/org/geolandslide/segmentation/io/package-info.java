/** Files: GeoTIFF in and out, GeoJSON and GeoPackage out. A file that is written is whole or not there. */
@NullMarked
package org.geolandslide.segmentation.io;

import org.jspecify.annotations.NullMarked;
