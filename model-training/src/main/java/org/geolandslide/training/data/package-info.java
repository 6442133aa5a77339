/**
 * Training data: samples read from chips and scenes, windows cut from them, augmentation, batches. Scenes are aligned and
 * their gaps filled by the classes that serve the model later.
 */
@NullMarked
package org.geolandslide.training.data;

import org.jspecify.annotations.NullMarked;
