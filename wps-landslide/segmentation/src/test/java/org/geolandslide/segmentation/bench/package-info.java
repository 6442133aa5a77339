/**
 * {@code landslide bench}: the engine beside a bare loop over the model and in fixed memory, and its hot paths by themselves. No part of the
 * product.
 */
@NullMarked
package org.geolandslide.segmentation.bench;

import org.jspecify.annotations.NullMarked;
