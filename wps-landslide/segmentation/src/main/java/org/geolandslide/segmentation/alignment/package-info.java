/**
 * Brings coverages of any CRS, resolution, extent and nodata onto one grid, lazily. The only package that names JAI and
 * JAI-EXT: where GeoServer has replaced them by ImageN, this one changes.
 */
@NullMarked
package org.geolandslide.segmentation.alignment;

import org.jspecify.annotations.NullMarked;
