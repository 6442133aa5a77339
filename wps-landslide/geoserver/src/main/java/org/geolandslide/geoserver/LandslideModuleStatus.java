package org.geolandslide.geoserver;

import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.geolandslide.model.ProjectVersion;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.engine.ModelRegistry;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.process.Models;
import org.geoserver.platform.ModuleStatus;
import org.geotools.process.ProcessException;
import org.geotools.util.logging.Logging;

/** The plugin's entry on GeoServer's status page: version, runtime, settings, and which models can and cannot be used. */
public final class LandslideModuleStatus implements ModuleStatus {
    private static final Logger LOGGER = Logging.getLogger(LandslideModuleStatus.class);

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

    /** Whether ONNX Runtime runs on this machine. */
    @Override
    public boolean isAvailable() {
        return runtime().isPresent();
    }

    /** Whether the processes work: the settings are right. */
    @Override
    public boolean isEnabled() {
        return isAvailable() && settingsProblem().isEmpty();
    }

    @Override
    public Optional<String> getMessage() {
        StringBuilder message = new StringBuilder(runtime()
                .orElse("ONNX Runtime cannot be loaded on this machine; the log says why when a model is loaded"));
        Optional<String> problem = settingsProblem();
        if (problem.isPresent()) {
            return Optional.of(message.append("\nThe processes refuse to work until the settings are right: ")
                    .append(problem.get())
                    .toString());
        }
        try {
            models(message);
        } catch (IOException | ProcessException e) {
            message.append("\nThe models cannot be listed: ").append(e.getMessage());
        }
        Models.settings()
                .inForce()
                .forEach((key, value) ->
                        message.append("\nSetting: ").append(key).append(" = ").append(value));
        return Optional.of(message.toString());
    }

    private static void models(StringBuilder message) throws IOException {
        ModelRegistry registry = Models.registry();
        message.append("\nDevice: ").append(Models.settings().device());
        message.append("\nFolder of models: ").append(registry.folder());
        registry.models().keySet().forEach(name -> message.append("\nModel: ").append(name));
        registry.defaultModel()
                .ifPresent(name -> message.append("\nDefault model: ").append(name));
        registry.problems().forEach((file, problem) -> message.append("\nCannot be used: ")
                .append(file)
                .append(": ")
                .append(problem));
    }

    private static Optional<String> settingsProblem() {
        try {
            Models.settings();
            return Optional.empty();
        } catch (SegmentationException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The runtime's version and providers; empty if its native library cannot be loaded. */
    private static Optional<String> runtime() {
        try {
            return Optional.of("ONNX Runtime " + ModelSession.runtimeVersion() + "\nProviders: "
                    + String.join(", ", ModelSession.providers()));
        } catch (LinkageError e) {
            // The status page must work on a machine on which the runtime does not.
            LOGGER.log(Level.FINE, "ONNX Runtime cannot be loaded", e);
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> getDocumentation() {
        return Optional.empty();
    }
}
