/** Counts and scores of segmentations against labels. */
@NullMarked
package org.geolandslide.training.evaluation;

import org.jspecify.annotations.NullMarked;
