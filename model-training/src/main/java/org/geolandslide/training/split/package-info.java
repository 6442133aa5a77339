/**
 * Which samples serve what: the list of those that a model was trained and validated on, and what it may be measured on. How data is
 * divided lies in {@code config}, the reading in {@code data}.
 */
@NullMarked
package org.geolandslide.training.split;

import org.jspecify.annotations.NullMarked;
