/** Pictures of networks, made from their graphs. */
@NullMarked
package org.geolandslide.training.drawing;

import org.jspecify.annotations.NullMarked;
