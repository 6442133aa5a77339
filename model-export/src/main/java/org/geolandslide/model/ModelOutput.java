package org.geolandslide.model;

import java.util.List;

/**
 * One output of a model: a float32 tensor {@code [N, 1, H, W]} on the grid of the inputs, or, for {@link #DETECTION}, {@code [N, 1]}.
 *
 * @param name name in the ONNX graph: {@link #PROBABILITY}, {@link #ATTENTION} or {@link #DETECTION}
 * @param description what the values mean, for people
 * @param classes classes that the output tells apart; empty where it is no classification
 */
public record ModelOutput(String name, String description, List<OutputClass> classes) {

    /** The output that every segmentation model has: probability of landslide, 0 to 1. */
    public static final String PROBABILITY = "probability";

    /** Mean of the decoder's attention maps, 0 to 1; networks without attention lack it. */
    public static final String ATTENTION = "attention";

    /** Probability that the window holds any landslide, 0 to 1; networks without a detection head lack it. */
    public static final String DETECTION = "detection";

    public ModelOutput {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a model output needs a name");
        }
        classes = List.copyOf(classes);
    }

    /** The probability output of a landslide segmentation. */
    public static ModelOutput probability() {
        return new ModelOutput(
                PROBABILITY,
                "Probability that the pixel belongs to a landslide, 0 to 1",
                List.of(
                        new OutputClass(0, "background", "No landslide", "FFFFFF"),
                        new OutputClass(1, "landslide", "Landslide: source, track or deposit", "D7301F")));
    }

    /** The detection output of a network with a detection head. */
    public static ModelOutput detection() {
        return new ModelOutput(
                DETECTION,
                "Probability that the window holds any landslide, 0 to 1",
                List.of(
                        new OutputClass(0, "background", "No landslide in the window", "FFFFFF"),
                        new OutputClass(1, "landslide", "Landslide somewhere in the window", "D7301F")));
    }

    /** Whether there is one value per pixel; else there is one per window. */
    public boolean isPerPixel() {
        return !name.equals(DETECTION);
    }

    /** The attention output of a network with attention gates. */
    public static ModelOutput attention() {
        return new ModelOutput(
                ATTENTION,
                "Mean of the decoder's attention maps, brought to the resolution of the input, 0 to 1; says where the network"
                        + " looked, not what it found",
                List.of());
    }
}
