/**
 * The engine: models in sessions, windows through the model, predictions blended into lazy images. Knows neither files nor
 * processes.
 */
@NullMarked
package org.geolandslide.segmentation.engine;

import org.jspecify.annotations.NullMarked;
