package org.geolandslide.geoserver;

import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.process.Models;
import org.geolandslide.segmentation.settings.SettingsFile;
import org.geotools.util.logging.Logging;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Writes the settings file when GeoServer starts and has none, and tells the log what is wrong with the one that it has. Neither stops
 * the start: a data directory may be read-only, and a mistake in the settings is the processes' error.
 */
public final class SettingsAtStart implements ApplicationListener<ContextRefreshedEvent> {
    private static final Logger LOGGER = Logging.getLogger(SettingsAtStart.class);

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        if (event.getApplicationContext().getParent() != null) {
            // That of a servlet below GeoServer's own.
            return;
        }
        Optional<SettingsFile> file = Models.settingsFile();
        file.ifPresent(SettingsAtStart::write);
        try {
            Models.settings();
        } catch (SegmentationException e) {
            LOGGER.log(
                    Level.WARNING,
                    "the landslide processes refuse to work until their settings are right: {0}",
                    e.getMessage());
        }
    }

    private static void write(SettingsFile file) {
        try {
            if (file.writeIfMissing(Models.settingsTemplate())) {
                LOGGER.log(Level.INFO, "wrote the settings of the landslide plugin to {0}", file.path());
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the settings of the landslide plugin cannot be written to " + file.path(), e);
        }
    }
}
