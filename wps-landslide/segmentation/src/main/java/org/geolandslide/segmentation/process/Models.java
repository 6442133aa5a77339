package org.geolandslide.segmentation.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.geolandslide.segmentation.engine.ModelRegistry;
import org.geotools.process.ProcessException;
import org.geotools.util.logging.Logging;

/**
 * Where the processes find their models: the folder that the system property {@value #FOLDER_PROPERTY} or the environment
 * variable {@code LANDSLIDE_MODELS} names; else the one that the application names through {@link ModelFolder}; else
 * {@code landslide/models} in the directory that {@code GEOSERVER_DATA_DIR} names. {@value #DEFAULT_PROPERTY}, or
 * {@code LANDSLIDE_MODELS_DEFAULT}, names the model that is taken where a request names none.
 */
public final class Models {
    static final String FOLDER_PROPERTY = "landslide.models";
    static final String DEFAULT_PROPERTY = "landslide.models.default";

    private static final Logger LOGGER = Logging.getLogger(Models.class);
    private static final String DATA_DIRECTORY = "GEOSERVER_DATA_DIR";

    /** One registry per folder and default: processes are made anew for each request, loaded models must outlive them. */
    private static final Map<Map.Entry<Path, String>, ModelRegistry> REGISTRIES = new ConcurrentHashMap<>();

    private Models() {}

    /**
     * The models.
     *
     * @throws ProcessException if it is not known where they lie
     */
    public static ModelRegistry registry() {
        Path folder = setting(FOLDER_PROPERTY, "LANDSLIDE_MODELS")
                .map(Path::of)
                .or(Models::ofApplication)
                .or(() -> setting(DATA_DIRECTORY, DATA_DIRECTORY).map(data -> Path.of(data, "landslide", "models")))
                .orElseThrow(() -> new ProcessException("it is not known where the models lie: set the system property "
                        + FOLDER_PROPERTY + " or the environment variable LANDSLIDE_MODELS to their folder, or "
                        + DATA_DIRECTORY + " to GeoServer's data directory"));
        Optional<String> defaultName = setting(DEFAULT_PROPERTY, "LANDSLIDE_MODELS_DEFAULT");
        return REGISTRIES.computeIfAbsent(Map.entry(folder.toAbsolutePath(), defaultName.orElse("")), key -> {
            LOGGER.info(() -> "landslide models are read from " + folder);
            return new ModelRegistry(folder, defaultName);
        });
    }

    private static Optional<Path> ofApplication() {
        return ServiceLoader.load(ModelFolder.class, ModelFolder.class.getClassLoader()).stream()
                .map(provider -> provider.get().folder())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> setting(String property, String variable) {
        return Optional.ofNullable(System.getProperty(property))
                .or(() -> Optional.ofNullable(System.getenv(variable)))
                .filter(value -> !value.isBlank());
    }
}
