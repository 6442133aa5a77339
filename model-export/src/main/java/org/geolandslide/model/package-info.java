/**
 * The model package: the only thing that passes between training and the plugin. One zip, or the same files unpacked,
 * with {@code item.json} (STAC 1.1 item with the Machine Learning Model extension 1.4), {@code model.onnx},
 * {@code golden.json}, {@code MODEL_CARD.md} and, if the training wrote it down, {@code samples.csv}.
 *
 * <p>{@link org.geolandslide.model.ModelPackage} reads and checks, {@link org.geolandslide.model.PackageWriter} writes,
 * {@link org.geolandslide.model.PackageVerifier} runs the golden sample. Neither rasters nor training live here.
 */
@NullMarked
package org.geolandslide.model;

import org.jspecify.annotations.NullMarked;
