package org.geolandslide.training.trainer;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.training.runtime.Checkpoint;
import org.geolandslide.training.split.UsedSamples;

/**
 * A model package that a training can go on from: it says how it was trained.
 *
 * @param file the package
 * @param model what it holds
 */
public record TrainedPackage(Path file, ModelPackage model) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String CONFIGURATION = "configuration";
    private static final String STANDARDIZATION = "standardization";
    private static final String BEST_EPOCH = "best_epoch";

    /**
     * Opens a package.
     *
     * @throws IOException if it is none
     */
    public static TrainedPackage open(Path file) throws IOException {
        return new TrainedPackage(file, ModelPackage.open(file));
    }

    /** What a package says about its training so that another one can go on from it. */
    static Map<String, Object> describe(Map<String, Object> configuration, FeatureStatistics statistics, int epoch) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put(BEST_EPOCH, epoch);
        said.put(CONFIGURATION, configuration);
        said.put(STANDARDIZATION, MAPPER.convertValue(statistics, new TypeReference<Map<String, Object>>() {}));
        return said;
    }

    /**
     * The fields of the configuration with which the model was trained, for {@link
     * org.geolandslide.training.config.ConfigFile#readOnTopOf}.
     *
     * @throws IOException if the package does not say
     */
    public Map<String, Object> configuration() throws IOException {
        return MAPPER.convertValue(said(CONFIGURATION), new TypeReference<Map<String, Object>>() {});
    }

    /** The weights and what they expect. */
    Transfer transfer() throws IOException {
        FeatureStatistics statistics = MAPPER.convertValue(said(STANDARDIZATION), FeatureStatistics.class);
        int epoch = MAPPER.convertValue(said(BEST_EPOCH), Integer.class);
        return new Transfer(file, epoch, statistics, Checkpoint.ofModel(model.model()));
    }

    /** What the model was trained and validated on. */
    UsedSamples samples() throws IOException {
        String listed = model.samples()
                .orElseThrow(() -> new IOException("the model package " + file
                        + " to start from has no samples.csv, which says what it was trained on"));
        return UsedSamples.parse(listed, "samples.csv of " + file);
    }

    private Object said(String field) throws IOException {
        Object value = model.description().training().get(field);
        if (value == null) {
            throw new IOException("the model package " + file + " does not say its '" + field
                    + "'; a training can start from packages that this version exported");
        }
        return value;
    }
}
