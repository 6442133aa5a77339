package org.geolandslide.geoserver;

import java.nio.file.Path;
import java.util.Optional;
import org.geolandslide.segmentation.process.PluginFolder;
import org.geoserver.platform.GeoServerExtensions;
import org.geoserver.platform.GeoServerResourceLoader;

/** The folder {@code landslide} of GeoServer's data directory, however that was configured. */
public final class DataDirectoryFolder implements PluginFolder {
    @Override
    public Optional<Path> folder() {
        // Without a running GeoServer there is no such bean.
        return GeoServerExtensions.extensions(GeoServerResourceLoader.class).stream()
                .findFirst()
                .flatMap(loader -> Optional.ofNullable(loader.getBaseDirectory()))
                .map(directory -> directory.toPath().resolve("landslide"));
    }
}
