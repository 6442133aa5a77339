package org.geolandslide.segmentation.alignment;

import it.geosolutions.jaiext.range.RangeFactory;
import java.awt.image.DataBuffer;
import java.awt.image.RenderedImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import javax.media.jai.Interpolation;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.coverage.processing.Operations;
import org.geotools.coverage.util.CoverageUtilities;
import org.geotools.image.ImageWorker;

/** Brings one coverage onto another grid, lazily. */
final class Resampling {
    private Resampling() {}

    /**
     * Resamples bilinearly. Nodata takes no part in the interpolation.
     *
     * @param nodata value of missing pixels, if there is one
     * @return float image on the target grid, its first pixel at (0, 0), NaN where the source has no value
     */
    static RenderedImage bilinear(GridCoverage2D source, OptionalDouble nodata, RasterGrid target) {
        GridCoverage2D floats = withNaN(source, nodata);
        double[] background = new double[source.getNumSampleDimensions()];
        Arrays.fill(background, Double.NaN);
        GridCoverage2D resampled = (GridCoverage2D) Operations.DEFAULT.resample(
                floats,
                target.crs(),
                target.geometry(),
                Interpolation.getInstance(Interpolation.INTERP_BILINEAR),
                background);
        return resampled.getRenderedImage();
    }

    /** The same coverage as floats with NaN for missing values, so that one rule serves all data types. */
    private static GridCoverage2D withNaN(GridCoverage2D source, OptionalDouble nodata) {
        ImageWorker worker = new ImageWorker(source.getRenderedImage());
        worker.setNoData(null);
        worker.format(DataBuffer.TYPE_FLOAT);
        if (nodata.isPresent() && !Double.isNaN(nodata.getAsDouble())) {
            float value = (float) nodata.getAsDouble();
            worker.setNoData(RangeFactory.create(value, value));
            worker.setBackground(new double[] {Double.NaN});
            worker.rescale(new double[] {1}, new double[] {0});
        }
        Map<String, Object> properties = new HashMap<>();
        CoverageUtilities.setNoDataProperty(properties, Double.NaN);
        return new GridCoverageFactory()
                .create(
                        source.getName(),
                        worker.getRenderedImage(),
                        source.getGridGeometry(),
                        null,
                        new GridCoverage2D[] {source},
                        properties);
    }
}
