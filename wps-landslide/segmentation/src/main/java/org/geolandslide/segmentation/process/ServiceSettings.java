package org.geolandslide.segmentation.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.segmentation.engine.Device;
import org.geolandslide.segmentation.engine.EngineSettings;
import org.geolandslide.segmentation.settings.SettingReader;

/**
 * What holds for the processes.
 *
 * @param models folder of the models, if one is set; else the application's own
 * @param defaultModel model that is taken where a request names none, if one is set; else the only one that there is
 * @param device where models run if a request does not say
 * @param engine limits of segmentations
 * @param maximumUploadMegabytes size of the largest package that may be uploaded, in units of 2^20 bytes
 * @param inForce every setting and who said so, by key, for people
 */
public record ServiceSettings(
        Optional<Path> models,
        Optional<String> defaultModel,
        Device device,
        EngineSettings engine,
        long maximumUploadMegabytes,
        Map<String, String> inForce) {
    static final String MODELS = "models";
    static final String DEFAULT_MODEL = "models.default";

    /** Reads all settings; mistakes are the reader's to tell. */
    static ServiceSettings of(SettingReader reader) {
        Optional<Path> models =
                reader.optional(MODELS, "beside the settings file", "a folder", setting -> setting.path());
        Optional<String> defaultModel =
                reader.optional(DEFAULT_MODEL, "the only one", "the name of a model", setting -> {
                    ModelDescription.requireName(setting.text());
                    return setting.text();
                });
        Device device = reader.value(
                "device", new Device.Cpu(), "auto, cpu, cuda or cuda:n", setting -> Device.parse(setting.text()));
        EngineSettings engine = EngineSettings.of(reader);
        // No package can hold more than 2 GB: its model is read into one array.
        long upload = reader.number("maximumUploadMegabytes", 512, 1, 2048);
        return new ServiceSettings(models, defaultModel, device, engine, upload, reader.inForce());
    }
}
