package org.geolandslide.segmentation.process;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Port: says where the application around the processes keeps what is theirs: the settings file {@value Models#SETTINGS_FILE} and the
 * folder {@code models}. Found through {@link java.util.ServiceLoader}; GeoServer's binding knows the data directory however it was
 * configured.
 */
public interface PluginFolder {
    /** The folder, if the application is running and has one. It need not exist yet. */
    Optional<Path> folder();
}
