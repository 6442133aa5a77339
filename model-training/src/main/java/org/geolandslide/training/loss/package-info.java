/** Losses of segmentation, as graphs over logits, targets and weights. */
@NullMarked
package org.geolandslide.training.loss;

import org.jspecify.annotations.NullMarked;
