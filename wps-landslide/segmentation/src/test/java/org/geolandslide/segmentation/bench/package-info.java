/** {@code landslide bench segment}: the engine beside a bare loop over the model, and in fixed memory. No part of the product. */
@NullMarked
package org.geolandslide.segmentation.bench;

import org.jspecify.annotations.NullMarked;
