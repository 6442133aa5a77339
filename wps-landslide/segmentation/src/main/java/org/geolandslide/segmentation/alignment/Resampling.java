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

/**
 * One coverage on another grid, lazily.
 *
 * @param image floats on the target grid
 * @param nodata value of the pixels for which the source has none
 */
record Resampling(RenderedImage image, double nodata) {
    /** Stands for missing values where the source declares no finite value: bilinear interpolation smears NaN. */
    private static final double MISSING = -Float.MAX_VALUE;

    /**
     * Resamples bilinearly. Missing values, declared or NaN, take no part in the interpolation.
     *
     * @param nodata value of missing pixels, if there is one
     */
    static Resampling bilinear(GridCoverage2D source, OptionalDouble nodata, RasterGrid target) {
        double missing =
                nodata.isPresent() && Double.isFinite(nodata.getAsDouble()) ? (float) nodata.getAsDouble() : MISSING;
        double[] background = new double[source.getNumSampleDimensions()];
        Arrays.fill(background, missing);
        GridCoverage2D resampled = (GridCoverage2D) Operations.DEFAULT.resample(
                withoutNaN(source, missing),
                target.crs(),
                target.geometry(),
                Interpolation.getInstance(Interpolation.INTERP_BILINEAR),
                background);
        return new Resampling(resampled.getRenderedImage(), missing);
    }

    /** The same coverage as floats with a finite value for missing ones, so that one rule serves all data types. */
    private static GridCoverage2D withoutNaN(GridCoverage2D source, double missing) {
        ImageWorker worker = new ImageWorker(source.getRenderedImage());
        worker.setNoData(null);
        int type = source.getRenderedImage().getSampleModel().getDataType();
        worker.format(DataBuffer.TYPE_FLOAT);
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            worker.setNoData(RangeFactory.create(Float.NaN, Float.NaN));
            worker.setBackground(new double[] {missing});
            worker.rescale(new double[] {1}, new double[] {0});
        }
        Map<String, Object> properties = new HashMap<>();
        CoverageUtilities.setNoDataProperty(properties, missing);
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
