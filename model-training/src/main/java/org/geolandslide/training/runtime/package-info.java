/**
 * ONNX Runtime's training API as this project uses it: the native library with training in it, the artifacts that a training
 * session needs (written here, since the tool that usually writes them is Python), its checkpoints, and the session itself.
 * What is trained, and on what, is not known here.
 */
@NullMarked
package org.geolandslide.training.runtime;

import org.jspecify.annotations.NullMarked;
