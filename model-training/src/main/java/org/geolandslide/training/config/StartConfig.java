package org.geolandslide.training.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The run whose best weights a training starts from (fine-tuning, table 2 of Lissak and Corpetti 2024).
 *
 * @param run name of its folder, beside the new run's own
 * @param freeze parts of the network that keep these weights: {@code optical}, {@code terrain}, {@code fusion}, {@code decoder},
 *     {@code head} or longer beginnings of parameters' names; none if left out. Running statistics of batch normalisation go on
 */
public record StartConfig(String run, @Nullable List<String> freeze) {
    public StartConfig {
        freeze = freeze == null ? List.of() : List.copyOf(freeze);
    }

    /** Beginnings of the names of parameters that are not trained. */
    public List<String> frozen() {
        return freeze == null ? List.of() : freeze;
    }
}
