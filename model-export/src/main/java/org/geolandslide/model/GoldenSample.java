package org.geolandslide.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One input and the output that the model gave when it was packaged. A runtime that cannot reproduce it within the
 * tolerance must not serve the model.
 *
 * @param inputs one tensor per model input
 * @param outputs one tensor per model output
 * @param tolerance largest absolute difference that counts as reproduced
 */
public record GoldenSample(Map<String, FloatTensor> inputs, Map<String, FloatTensor> outputs, double tolerance) {

    public GoldenSample {
        if (!(tolerance > 0)) {
            throw new IllegalArgumentException("tolerance " + tolerance + " is not positive");
        }
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    }
}
