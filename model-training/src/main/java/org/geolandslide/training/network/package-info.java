/**
 * The networks of the papers as graphs, with their preprocessing. Everything between a raster's raw values and a probability
 * is built here, so that training and serving run the same nodes.
 */
@NullMarked
package org.geolandslide.training.network;

import org.jspecify.annotations.NullMarked;
