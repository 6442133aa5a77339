/** The command {@code landslide segment}. */
@NullMarked
package org.geolandslide.segmentation.command;

import org.jspecify.annotations.NullMarked;
