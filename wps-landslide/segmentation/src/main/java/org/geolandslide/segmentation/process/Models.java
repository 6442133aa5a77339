package org.geolandslide.segmentation.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.ModelRegistry;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.settings.Setting;
import org.geolandslide.segmentation.settings.SettingReader;
import org.geolandslide.segmentation.settings.SettingSource;
import org.geolandslide.segmentation.settings.SettingsFile;
import org.geotools.process.ProcessException;
import org.geotools.util.logging.Logging;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the processes, and the models that they find. A setting is what its system property says; else its environment
 * variable; else the file {@value #SETTINGS_FILE} in the folder that the application names through {@link PluginFolder}, or in
 * {@code landslide} in the directory that {@code GEOSERVER_DATA_DIR} names. All of them are looked at anew at each call.
 */
public final class Models {
    /** Name of the settings file. */
    public static final String SETTINGS_FILE = "landslide.properties";

    private static final Logger LOGGER = Logging.getLogger(Models.class);
    private static final String DATA_DIRECTORY = "GEOSERVER_DATA_DIR";

    /** One registry per folder: processes are made anew for each request, loaded models must outlive them. */
    private static final Map<Path, ModelRegistry> REGISTRIES = new ConcurrentHashMap<>();

    private Models() {}

    /**
     * The models, with the settings in force.
     *
     * @throws ProcessException if it is not known where they lie
     * @throws SegmentationException if a setting is wrong
     */
    public static ModelRegistry registry() {
        ServiceSettings settings = settings();
        Path folder = settings.models()
                .or(() -> pluginFolder().map(data -> data.resolve("models")))
                .orElseThrow(() -> new ProcessException("it is not known where the models lie: set the system property"
                        + " landslide.models or the environment variable LANDSLIDE_MODELS to their folder, or "
                        + DATA_DIRECTORY + " to GeoServer's data directory"));
        ModelRegistry registry = REGISTRIES.computeIfAbsent(folder.toAbsolutePath(), key -> {
            LOGGER.info(() -> "landslide models are read from " + folder);
            return new ModelRegistry(folder, Optional.empty());
        });
        registry.configure(settings.defaultModel(), settings.engine());
        return registry;
    }

    /**
     * A model ready to run.
     *
     * @param model its name; the default model if null
     * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}; that of the settings if null
     * @throws SegmentationException if there is no such model or device, or a setting is wrong
     */
    public static ModelSession session(@Nullable String model, @Nullable String device) throws IOException {
        Device wanted = device == null ? settings().device() : Device.parse(device);
        return registry().session(Optional.ofNullable(model), wanted);
    }

    /**
     * The settings in force.
     *
     * @throws SegmentationException that names all mistakes in them
     */
    public static ServiceSettings settings() {
        SettingSource fromFile = key -> Optional.empty();
        Optional<SettingsFile> file = settingsFile();
        Map<String, String> content = Map.of();
        if (file.isPresent()) {
            try {
                content = file.get().read();
            } catch (IOException e) {
                throw new SegmentationException(SETTINGS_FILE + " cannot be read: " + e.getMessage(), e);
            }
            fromFile = SettingSource.file(file.get().path(), content);
        }
        SettingReader reader = new SettingReader(aboveFile().orElse(fromFile));
        ServiceSettings settings = ServiceSettings.of(reader);
        reader.requireKnown(SETTINGS_FILE, content.keySet());
        reader.requireSound();
        return settings;
    }

    private static SettingSource aboveFile() {
        return SettingSource.systemProperties(System::getProperty).orElse(SettingSource.environment(System::getenv));
    }

    /** The settings file, if it is known where it lies; it need not exist. */
    public static Optional<SettingsFile> settingsFile() {
        return pluginFolder().map(folder -> new SettingsFile(folder.resolve(SETTINGS_FILE)));
    }

    /** What a settings file looks like that sets nothing: every setting with its meaning. */
    public static String settingsTemplate() {
        try (InputStream in = Models.class.getResourceAsStream(SETTINGS_FILE)) {
            if (in == null) {
                throw new IllegalStateException(SETTINGS_FILE + " is missing beside " + Models.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(SETTINGS_FILE + " cannot be read beside " + Models.class, e);
        }
    }

    /**
     * Writes into the settings file which model is taken where a request names none.
     *
     * @param model empty for the only one that there is
     * @throws SegmentationException if something other than the file decides
     * @throws IOException if the file cannot be written
     */
    public static synchronized void setDefaultModel(Optional<String> model) throws IOException {
        Optional<Setting> above = aboveFile().find(ServiceSettings.DEFAULT_MODEL);
        if (above.isPresent()) {
            throw new SegmentationException(above.get().place() + " says that '"
                    + above.get().text() + "' is the default model; it goes before " + SETTINGS_FILE);
        }
        SettingsFile file = settingsFile()
                .orElseThrow(() -> new SegmentationException("it is not known where " + SETTINGS_FILE + " lies"));
        file.writeIfMissing(settingsTemplate());
        file.put(ServiceSettings.DEFAULT_MODEL, model);
        LOGGER.info(() -> "default landslide model: " + model.orElse("the only one"));
    }

    private static Optional<Path> pluginFolder() {
        return ServiceLoader.load(PluginFolder.class, PluginFolder.class.getClassLoader()).stream()
                .map(provider -> provider.get().folder())
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> Optional.ofNullable(System.getProperty(DATA_DIRECTORY))
                        .or(() -> Optional.ofNullable(System.getenv(DATA_DIRECTORY)))
                        .filter(directory -> !directory.isBlank())
                        .map(directory -> Path.of(directory, "landslide")));
    }
}
