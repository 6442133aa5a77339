/** The commands {@code landslide segment} and {@code landslide detect}. */
@NullMarked
package org.geolandslide.segmentation.command;

import org.jspecify.annotations.NullMarked;
