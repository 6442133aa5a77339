/** The commands {@code landslide train}, {@code evaluate}, {@code export}, {@code scene} and {@code demo}. */
@NullMarked
package org.geolandslide.training.command;

import org.jspecify.annotations.NullMarked;
