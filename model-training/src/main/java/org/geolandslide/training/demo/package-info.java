/** The demonstration: the whole way from synthetic scenery to a map, with the parts that real work uses. */
@NullMarked
package org.geolandslide.training.demo;

import org.jspecify.annotations.NullMarked;
