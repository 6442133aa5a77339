/**
 * The process {@code landslide:SegmentLayer}: layers of GeoServer's catalog in, published layers out. What needs no catalog lies in the
 * segmentation module's package {@code publish}.
 */
@NullMarked
package org.geolandslide.geoserver.publish;

import org.jspecify.annotations.NullMarked;
