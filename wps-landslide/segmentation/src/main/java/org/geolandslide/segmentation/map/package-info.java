/** A map of a segmentation as a picture, for reports and for looking at. */
@NullMarked
package org.geolandslide.segmentation.map;

import org.jspecify.annotations.NullMarked;
