/** The tables of the papers as experiments: rows that are trained and measured one after the other. */
@NullMarked
package org.geolandslide.training.experiment;

import org.jspecify.annotations.NullMarked;
