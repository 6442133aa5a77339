package org.geolandslide.geoserver;

import java.io.IOException;
import java.util.Optional;
import org.geolandslide.model.ProjectVersion;
import org.geolandslide.segmentation.engine.ModelRegistry;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.process.Models;
import org.geoserver.platform.ModuleStatus;
import org.geotools.process.ProcessException;

/** The plugin's entry on GeoServer's status page: version, runtime, and which models can and cannot be used. */
public final class LandslideModuleStatus implements ModuleStatus {
    @Override
    public String getModule() {
        return "gs-landslide";
    }

    @Override
    public Optional<String> getComponent() {
        return Optional.of("WPS landslide");
    }

    @Override
    public String getName() {
        return "Landslide mapping";
    }

    @Override
    public Optional<String> getVersion() {
        return Optional.of(ProjectVersion.get());
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public boolean isEnabled() {
        return true;
    }

    @Override
    public Optional<String> getMessage() {
        StringBuilder message = new StringBuilder("ONNX Runtime ").append(ModelSession.runtimeVersion());
        try {
            ModelRegistry registry = Models.registry();
            message.append("\nFolder of models: ").append(registry.folder());
            registry.models().keySet().forEach(name -> message.append("\nModel: ")
                    .append(name));
            registry.defaultModel()
                    .ifPresent(name -> message.append("\nDefault model: ").append(name));
            registry.problems().forEach((file, problem) -> message.append("\nCannot be used: ")
                    .append(file)
                    .append(": ")
                    .append(problem));
        } catch (IOException | ProcessException e) {
            message.append("\nThe models cannot be listed: ").append(e.getMessage());
        }
        return Optional.of(message.toString());
    }

    @Override
    public Optional<String> getDocumentation() {
        return Optional.empty();
    }
}
