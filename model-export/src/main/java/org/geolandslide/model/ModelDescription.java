package org.geolandslide.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code item.json} says about a model.
 *
 * @param name name of the model: starts with a letter, ends with a letter or digit; letters, digits, space, {@code _ . -}
 * @param description one or two sentences for people
 * @param architecture name of the network architecture
 * @param inputs inputs in the order of the ONNX graph, names distinct
 * @param outputs outputs; the first is {@link ModelOutput#PROBABILITY}
 * @param hyperparameters training hyperparameters as JSON values
 * @param totalParameters number of weights, trainable or not
 * @param windowing how rasters are cut
 * @param threshold probability from which a pixel counts as landslide, 0 to 1 exclusive; chosen on validation data
 * @param training where the weights come from (data sets, split, epochs, seed, runtime) as JSON values
 * @param metrics measured accuracy with the data it was measured on, as JSON values; empty if none was measured
 * @param codeVersion version of the code that trained the model
 * @param created when the package was made
 */
public record ModelDescription(
        String name,
        String description,
        String architecture,
        List<ModelInput> inputs,
        List<ModelOutput> outputs,
        Map<String, Object> hyperparameters,
        long totalParameters,
        Windowing windowing,
        double threshold,
        Map<String, Object> training,
        Map<String, Object> metrics,
        String codeVersion,
        Instant created) {

    /** What the MLM extension allows as {@code mlm:name}. */
    private static final String NAME = "[a-zA-Z][a-zA-Z0-9_.\\-\\s]+[a-zA-Z0-9]";

    public ModelDescription {
        requireName(name);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        requireDistinct("input", inputs.stream().map(ModelInput::name).toList());
        requireDistinct("output", outputs.stream().map(ModelOutput::name).toList());
        requireDistinct(
                "band",
                inputs.stream()
                        .flatMap(input -> input.bands().stream())
                        .map(Band::name)
                        .toList());
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("model '" + name + "' has no inputs");
        }
        if (outputs.stream().noneMatch(output -> output.name().equals(ModelOutput.PROBABILITY))) {
            throw new IllegalArgumentException(
                    "model '" + name + "' has no output named '" + ModelOutput.PROBABILITY + "'");
        }
        if (windowing.resample() && inputs.get(0).groundSampleDistance().isEmpty()) {
            throw new IllegalArgumentException(
                    "model '" + name
                            + "' wants rasters to be resampled, but its first input does not say to which ground sample distance");
        }
        if (totalParameters < 0) {
            throw new IllegalArgumentException("total parameters " + totalParameters + " is negative");
        }
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold " + threshold + " is not between 0 and 1");
        }
        hyperparameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperparameters));
        training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * Makes sure that a model can have a name.
     *
     * @throws IllegalArgumentException if it cannot
     */
    public static void requireName(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("model name '" + name
                    + "' must have three characters or more, start with a letter, end with a letter or digit and hold only"
                    + " letters, digits, '_', '.', '-' and spaces");
        }
    }

    private static void requireDistinct(String what, List<String> names) {
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException(what + " names are not distinct: " + names);
        }
    }

    /** The input of that name. */
    public Optional<ModelInput> input(String inputName) {
        return inputs.stream().filter(input -> input.name().equals(inputName)).findFirst();
    }

    /** Whether the model has an output of that name. */
    public boolean hasOutput(String outputName) {
        return outputs.stream().anyMatch(output -> output.name().equals(outputName));
    }
}
