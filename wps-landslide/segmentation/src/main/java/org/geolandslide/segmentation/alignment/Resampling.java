package org.geolandslide.segmentation.alignment;

import it.geosolutions.jaiext.range.Range;
import it.geosolutions.jaiext.range.RangeFactory;
import java.awt.Rectangle;
import java.awt.image.DataBuffer;
import java.awt.image.RenderedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.media.jai.BorderExtender;
import javax.media.jai.Interpolation;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.coverage.processing.Operations;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.image.ImageWorker;

/**
 * One coverage on another grid, lazily.
 *
 * @param image floats in the places of the target grid's pixels; it need not cover them all
 * @param offsetX column of the image that is column 0 of the target grid
 * @param offsetY row of the image that is row 0 of the target grid
 * @param nodata value of the pixels for which the source has none
 * @param footprint pixels of the target grid that the source covers
 */
record Resampling(RenderedImage image, int offsetX, int offsetY, double nodata, PixelRegion footprint) {
    /** Pixels of the source that are read around what the target covers. */
    private static final int MARGIN = 3;

    /** NaN and what is left of doubles beyond the range of floats, such as the usual nodata value of Float64 DEMs. */
    private static final List<Range> NOT_FINITE = List.of(
            RangeFactory.create(Float.NaN, Float.NaN),
            RangeFactory.create(Float.NEGATIVE_INFINITY, -Float.MAX_VALUE),
            RangeFactory.create(Float.MAX_VALUE, Float.POSITIVE_INFINITY));

    /**
     * Resamples bilinearly. Missing values, declared or NaN, take no part in the interpolation; the outermost pixels of the
     * source count up to their outer edges.
     *
     * @param own grid of the source
     * @param nodata value of missing pixels, if there is one
     */
    static Resampling bilinear(GridCoverage2D source, RasterGrid own, OptionalDouble nodata, RasterGrid target)
            throws FactoryException, TransformException {
        double missing = missing(nodata);
        Rectangle needed = needed(own, target);
        double[] background = new double[source.getNumSampleDimensions()];
        Arrays.fill(background, missing);
        GridCoverage2D resampled = (GridCoverage2D) Operations.DEFAULT.resample(
                prepared(source, own, needed, missing),
                target.crs(),
                target.geometry(),
                Interpolation.getInstance(Interpolation.INTERP_BILINEAR),
                background);
        RenderedImage image = resampled.getRenderedImage();
        // Where the grids differ by whole pixels only, the result is the source's image in its own place.
        double[] corner = {0, 0};
        RasterGrid.of(resampled.getGridGeometry(), target.crs()).toWorld().transform(corner, 0, corner, 0, 1);
        target.toPixels().transform(corner, 0, corner, 0, 1);
        return new Resampling(
                image,
                image.getMinX() - (int) Math.round(corner[0]),
                image.getMinY() - (int) Math.round(corner[1]),
                missing,
                PixelRegion.footprint(own.part(needed), target));
    }

    /** The declared value as a float; one that is no finite float, which interpolation would smear, is replaced. */
    private static double missing(OptionalDouble nodata) {
        float declared = (float) nodata.orElse(Double.NaN);
        return Float.isFinite(declared) ? declared : -Float.MAX_VALUE;
    }

    /** The pixels of the source that the target needs: a projection may not be defined for all of them. */
    private static Rectangle needed(RasterGrid own, RasterGrid target) throws FactoryException, TransformException {
        ReferencedEnvelope envelope = target.envelopeIn(own.crs());
        Rectangle all = new Rectangle(0, 0, own.width(), own.height());
        Rectangle wanted = own.toPixels()
                .createTransformedShape(new java.awt.geom.Rectangle2D.Double(
                        envelope.getMinX(), envelope.getMinY(), envelope.getWidth(), envelope.getHeight()))
                .getBounds2D()
                .createIntersection(all)
                .getBounds();
        wanted.grow(MARGIN, MARGIN);
        return wanted.intersection(all);
    }

    /**
     * A part of a coverage as floats, with one value for all missing ones, so that one rule serves all data types, and with its
     * outermost pixels once more around it, so that interpolation reaches their outer edges.
     */
    private static GridCoverage2D prepared(GridCoverage2D source, RasterGrid own, Rectangle part, double missing) {
        RenderedImage whole = source.getRenderedImage();
        ImageWorker worker = new ImageWorker(whole);
        worker.setNoData(null);
        worker.crop((float) (whole.getMinX() + part.x), (float) (whole.getMinY() + part.y), part.width, part.height);
        Rectangle bordered = new Rectangle(part);
        bordered.grow(1, 1);
        int type = whole.getSampleModel().getDataType();
        worker.format(DataBuffer.TYPE_FLOAT);
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            worker.setBackground(new double[] {missing});
            for (Range notFinite : NOT_FINITE) {
                worker.setNoData(notFinite);
                worker.rescale(new double[] {1}, new double[] {0});
            }
            worker.setNoData(null);
        }
        worker.border(1, 1, 1, 1, BorderExtender.createInstance(BorderExtender.BORDER_COPY));
        RenderedImage image = worker.getRenderedImage();
        return new GridCoverageFactory()
                .create(
                        source.getName(),
                        image,
                        own.part(bordered).geometry(image.getMinX(), image.getMinY()),
                        null,
                        new GridCoverage2D[] {source},
                        Map.copyOf(Nodata.properties(missing)));
    }
}
