package org.geolandslide.training.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a training starts from (fine-tuning, table 2 of Lissak and Corpetti 2024): the best ones of a run, or those of a model
 * package.
 *
 * @param run name of the run's folder, beside the new run's own; null if a package is named
 * @param model file of the package; null if a run is named
 * @param freeze parts of the network that keep these weights: {@code optical}, {@code terrain}, {@code fusion}, {@code decoder},
 *     {@code head} or longer beginnings of parameters' names; none if left out. Running statistics of batch normalisation go on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StartConfig(@Nullable String run, @Nullable String model, @Nullable List<String> freeze) {
    public StartConfig {
        if ((run == null) == (model == null)) {
            throw new IllegalArgumentException("start names " + (run == null ? "nothing" : "a run and a model")
                    + ", expected the name of a run or the file of a model package");
        }
        freeze = freeze == null ? List.of() : List.copyOf(freeze);
    }

    /** Beginnings of the names of parameters that are not trained. */
    public List<String> frozen() {
        return freeze == null ? List.of() : freeze;
    }

    /** Name of the run, or file of the package. */
    public String name() {
        return String.valueOf(run != null ? run : model);
    }

    /** What it is, in words. */
    public String title() {
        return run != null ? "the run " + run : "the model " + model;
    }
}
