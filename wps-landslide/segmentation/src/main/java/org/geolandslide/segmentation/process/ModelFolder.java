package org.geolandslide.segmentation.process;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Port: says where the models lie in the application around the processes. Found through {@link java.util.ServiceLoader};
 * GeoServer's binding knows the data directory however it was configured.
 */
public interface ModelFolder {
    /** The folder of model packages, if the application is running and has one. It need not exist yet. */
    Optional<Path> folder();
}
