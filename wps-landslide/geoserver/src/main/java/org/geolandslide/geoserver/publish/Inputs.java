package org.geolandslide.geoserver.publish;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.geolandslide.geoserver.publish.SourceLayers.Source;
import org.geolandslide.segmentation.alignment.CoverageImages;
import org.geolandslide.segmentation.process.Requests;
import org.geotools.coverage.grid.GridCoverage2D;
import org.jspecify.annotations.Nullable;

/** The layers that a request reads, open until it is done. */
final class Inputs implements AutoCloseable {
    private final Source optical;
    private final Optional<Source> dem;

    /** Opens the layers; both or none stay open. */
    Inputs(SourceLayers layers, String layer, @Nullable String demLayer) throws IOException {
        this.optical = layers.open("layer", layer);
        try {
            this.dem = demLayer == null ? Optional.empty() : Optional.of(layers.open("demLayer", demLayer));
        } catch (IOException | RuntimeException e) {
            CoverageImages.close(optical.coverage());
            throw e;
        }
    }

    /** The layer whose grid is that of the results. */
    Source optical() {
        return optical;
    }

    /** The rasters by the names of the model's inputs. */
    Map<String, GridCoverage2D> coverages() {
        return Requests.inputs(optical.coverage(), dem.map(Source::coverage).orElse(null));
    }

    /** Names with workspace, by the names of the process's inputs. */
    Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("layer", optical.name());
        dem.ifPresent(source -> names.put("demLayer", source.name()));
        return names;
    }

    @Override
    public void close() {
        CoverageImages.close(optical.coverage());
        dem.ifPresent(source -> CoverageImages.close(source.coverage()));
    }
}
