package org.geolandslide.training.config;

import java.util.List;

/**
 * What is trained and validated on. The two must not share a place.
 *
 * @param training sources of training samples, at least one
 * @param validation sources of validation samples, at least one
 */
public record DataConfig(List<SourceConfig> training, List<SourceConfig> validation) {
    public DataConfig {
        training = List.copyOf(training);
        validation = List.copyOf(validation);
        if (training.isEmpty()) {
            throw new IllegalArgumentException("data.training names no source");
        }
        if (validation.isEmpty()) {
            throw new IllegalArgumentException("data.validation names no source");
        }
        for (SourceConfig source : validation) {
            if (source.weight() != null) {
                throw new IllegalArgumentException(
                        "data.validation gives " + source.path() + " a weight; only training data has one");
            }
            for (SourceConfig other : training) {
                if (source.sharesWith(other)) {
                    throw new IllegalArgumentException(
                            "data.validation and data.training share samples of " + source.path());
                }
            }
        }
    }
}
