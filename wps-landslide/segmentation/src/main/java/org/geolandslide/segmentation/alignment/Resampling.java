package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.RenderedImage;
import java.util.Arrays;
import java.util.Map;
import javax.media.jai.BorderExtender;
import javax.media.jai.Interpolation;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.coverage.processing.Operations;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.image.ImageWorker;
import org.geotools.referencing.CRS;

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

    /** Value of missing pixels, which no other has: it is finite, since interpolation would smear NaN. */
    private static final float MISSING = -Float.MAX_VALUE;

    /** What is left of a whole number after arithmetic, in pixels. */
    private static final double ROUNDING = 1e-6;

    /**
     * Resamples bilinearly. Missing pixels take no part in the interpolation; the outermost pixels of the source count up to
     * their outer edges.
     *
     * @param source pixels of the source
     * @param own grid of the source
     * @param samples what is taken from it
     * @param averaged whether pixels of the source of which two or more lie side by side in one of the target are averaged first, so
     *     that all of them count
     */
    static Resampling bilinear(
            RenderedImage source, RasterGrid own, Samples samples, RasterGrid target, boolean averaged)
            throws FactoryException, TransformException {
        Rectangle needed = needed(own, target);
        double[] background = new double[samples.bands().size()];
        Arrays.fill(background, MISSING);
        Rectangle part =
                new Rectangle(source.getMinX() + needed.x, source.getMinY() + needed.y, needed.width, needed.height);
        RenderedImage prepared = new PreparedImage(source, part, samples, MISSING);
        RasterGrid grid = own.part(needed);
        int[] block = averaged ? block(own, target) : new int[] {1, 1};
        if (block[0] > 1 || block[1] > 1) {
            prepared = new AveragedImage(prepared, block[0], block[1], MISSING);
            grid = grid.reduced(block[0], block[1]);
        }
        GridCoverage2D resampled = (GridCoverage2D) Operations.DEFAULT.resample(
                bordered(prepared, grid),
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
                MISSING,
                PixelRegion.footprint(own.part(needed), target));
    }

    /** How many whole pixels of the source lie side by side in one of the target, measured at its centre: columns and rows. */
    private static int[] block(RasterGrid own, RasterGrid target) throws FactoryException, TransformException {
        double x = target.width() / 2.0;
        double y = target.height() / 2.0;
        double[] points = {x, y, x + 1, y, x, y + 1};
        target.toWorld().transform(points, 0, points, 0, 3);
        CRS.findMathTransform(target.crs(), own.crs(), true).transform(points, 0, points, 0, 3);
        own.toPixels().transform(points, 0, points, 0, 3);
        double columns = Math.hypot(points[2] - points[0], points[4] - points[0]);
        double rows = Math.hypot(points[3] - points[1], points[5] - points[1]);
        return new int[] {wholePixels(columns), wholePixels(rows)};
    }

    private static int wholePixels(double length) {
        return Math.max(1, (int) Math.floor(length + ROUNDING));
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

    /** An image as a coverage, with its outermost pixels once more around it, so that interpolation reaches their outer edges. */
    private static GridCoverage2D bordered(RenderedImage image, RasterGrid grid) {
        ImageWorker worker = new ImageWorker(image);
        worker.border(1, 1, 1, 1, BorderExtender.createInstance(BorderExtender.BORDER_COPY));
        RenderedImage bordered = worker.getRenderedImage();
        Rectangle around = new Rectangle(-1, -1, grid.width() + 2, grid.height() + 2);
        return new GridCoverageFactory()
                .create(
                        "prepared",
                        bordered,
                        grid.part(around).geometry(bordered.getMinX(), bordered.getMinY()),
                        null,
                        null,
                        Map.copyOf(Nodata.properties(MISSING)));
    }
}
