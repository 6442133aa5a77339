/** The training loop and its run folder: what is written, when, and how a run goes on after a stop. */
@NullMarked
package org.geolandslide.training.trainer;

import org.jspecify.annotations.NullMarked;
