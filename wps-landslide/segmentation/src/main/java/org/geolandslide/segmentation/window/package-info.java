/** Windows over a raster: where they lie, how they are blended, how a square is turned and mirrored. Plain arithmetic. */
@NullMarked
package org.geolandslide.segmentation.window;

import org.jspecify.annotations.NullMarked;
