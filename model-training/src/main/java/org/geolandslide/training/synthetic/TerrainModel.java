package org.geolandslide.training.synthetic;

import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.crs.GeographicCRS;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.CRS;

/**
 * The terrain model as a survey would deliver it: the ground of a scene in another coordinate system and resolution,
 * with a little noise, on a grid that covers the optical image and a bit more.
 */
final class TerrainModel {

    /** Height where none is known. */
    static final float NO_DATA = -9999;

    /** Cells beyond the optical image on each side. */
    private static final int COLLAR = 2;

    private static final double METRES_IN_A_DEGREE = 111_320;

    /** Noise as a share of the cell size: 0.2 m at 5 m. */
    private static final double NOISE = 0.04;

    private final float[] heights;
    private final int width;
    private final int height;
    private final ReferencedEnvelope extent;

    private TerrainModel(float[] heights, int width, int height, ReferencedEnvelope extent) {
        this.heights = heights;
        this.width = width;
        this.height = height;
        this.extent = extent;
    }

    /**
     * Samples the ground at the centres of the model's cells.
     *
     * @param optical the extent of the optical image
     * @param crs the coordinate system of the model, east or longitude first
     */
    static TerrainModel of(SyntheticScene scene, ReferencedEnvelope optical, CoordinateReferenceSystem crs)
            throws FactoryException, TransformException {
        SceneSpecification specification = scene.specification();
        ReferencedEnvelope covered = optical.transform(crs, true, 50);
        double stepX = specification.demResolution();
        double stepY = stepX;
        if (crs instanceof GeographicCRS) {
            stepY = specification.demResolution() / METRES_IN_A_DEGREE;
            stepX = stepY / Math.cos(Math.toRadians(covered.getMedian(1)));
        }
        double west = (Math.floor(covered.getMinX() / stepX) - COLLAR) * stepX;
        double north = (Math.ceil(covered.getMaxY() / stepY) + COLLAR) * stepY;
        int width = (int) Math.ceil((covered.getMaxX() - west) / stepX) + COLLAR;
        int height = (int) Math.ceil((north - covered.getMinY()) / stepY) + COLLAR;
        MathTransform back = CRS.findMathTransform(crs, optical.getCoordinateReferenceSystem(), true);
        FractalNoise noise = new FractalNoise(specification.seed(), 121);
        float[] heights = new float[width * height];
        double[] places = new double[2 * width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                places[2 * column] = west + (column + 0.5) * stepX;
                places[2 * column + 1] = north - (row + 0.5) * stepY;
            }
            back.transform(places, 0, places, 0, width);
            for (int column = 0; column < width; column++) {
                double x = (places[2 * column] - specification.west()) / specification.groundSampleDistance();
                double y = (specification.north() - places[2 * column + 1]) / specification.groundSampleDistance();
                double ground = scene.height(x - 0.5, y - 0.5);
                double error = noise.hash(column, 2 * row) + noise.hash(column, 2 * row + 1) - 1;
                heights[row * width + column] = Double.isNaN(ground)
                        ? NO_DATA
                        : (float) (ground + 2.4 * NOISE * specification.demResolution() * error);
            }
        }
        ReferencedEnvelope extent =
                new ReferencedEnvelope(west, west + width * stepX, north - height * stepY, north, crs);
        return new TerrainModel(heights, width, height, extent);
    }

    /** Heights in metres, row by row from the north. Not a copy. */
    float[] heights() {
        return heights;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    ReferencedEnvelope extent() {
        return extent;
    }
}
