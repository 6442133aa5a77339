package org.geolandslide.model;

import java.util.List;

/**
 * One input of a model: a float32 tensor {@code [N, bands, H, W]} of raw raster values. Scaling is part of the ONNX graph,
 * so that training and serving cannot drift.
 *
 * @param name {@code optical} or {@code dem}: the name on the command line, in WPS and in the ONNX graph
 * @param bands bands in the order of the tensor's second dimension
 * @param description what the raster must hold, for people
 */
public record ModelInput(String name, List<Band> bands, String description) {

    public ModelInput {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a model input needs a name");
        }
        bands = List.copyOf(bands);
        if (bands.isEmpty()) {
            throw new IllegalArgumentException("input '" + name + "' has no bands");
        }
    }
}
