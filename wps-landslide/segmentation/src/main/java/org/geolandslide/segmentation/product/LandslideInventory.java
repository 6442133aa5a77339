package org.geolandslide.segmentation.product;

import java.awt.Rectangle;
import java.awt.image.RenderedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.geometry.jts.JTS;
import org.geotools.referencing.operation.transform.AffineTransform2D;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/**
 * All landslides of a raster: components of pixels at or above the threshold, without those below the minimum area.
 */
public final class LandslideInventory {
    private final List<Landslide> landslides = new ArrayList<>();
    private final Map<Integer, List<Run>> dropped = new HashMap<>();
    private final GeometryFactory geometries = new GeometryFactory();
    private final AffineTransform2D toWorld;
    private final EqualArea equalArea;
    private final double minimumArea;
    private long validPixels;
    private long landslidePixels;

    private LandslideInventory(RasterGrid grid, double minimumArea) {
        this.toWorld = new AffineTransform2D(grid.toWorld());
        this.equalArea = EqualArea.around(grid.envelope().centre(), grid.crs());
        this.minimumArea = minimumArea;
    }

    /**
     * Takes stock, in one pass over the image.
     *
     * @param probability one band, first pixel (0, 0), NaN where there is no data
     * @param grid where its pixels lie
     * @param threshold least probability of a landslide pixel, 0 to 1
     * @param minimumArea square metres below which a landslide is dropped; 0 drops none
     */
    public static LandslideInventory of(
            RenderedImage probability, RasterGrid grid, double threshold, double minimumArea) {
        return of(probability, grid, threshold, minimumArea, OptionalDouble.empty());
    }

    /**
     * Takes stock, in one pass over the image.
     *
     * @param probability one band, first pixel (0, 0), NaN where there is no data
     * @param grid where its pixels lie
     * @param threshold least probability of a landslide pixel, 0 to 1
     * @param minimumArea square metres below which a landslide is dropped; 0 drops none
     * @param simplification metres, as the raster's centre has them: a corner of an outline goes if it and its neighbours make a
     *     triangle smaller than the square of this length. Outlines stay valid, keep their holes and do not come to overlap; one
     *     whose area would change by more than a tenth stays as it is. Areas and perimeters are those of the pixels.
     */
    public static LandslideInventory of(
            RenderedImage probability,
            RasterGrid grid,
            double threshold,
            double minimumArea,
            OptionalDouble simplification) {
        LandslideInventory inventory = new LandslideInventory(grid, minimumArea);
        ComponentFinder finder = new ComponentFinder(probability, threshold, inventory::add);
        finder.run();
        inventory.validPixels = finder.valid();
        inventory.landslidePixels += finder.landslide();
        simplification.ifPresent(metres -> inventory.simplify(metres * inventory.unitsPerMetre(grid)));
        inventory.landslides.sort(Comparator.comparingDouble(Landslide::area).reversed());
        return inventory;
    }

    private void simplify(double tolerance) {
        List<Polygon> outlines = OutlineSimplifier.simplify(
                landslides.stream().map(Landslide::outline).toList(), tolerance);
        for (int i = 0; i < outlines.size(); i++) {
            landslides.set(i, landslides.get(i).withOutline(counterclockwise(outlines.get(i))));
        }
    }

    /**
     * Side of a square in units of the CRS for each metre, at the raster's centre. Triangles are compared by their areas, so a
     * degree may well have different lengths along its axes.
     */
    private double unitsPerMetre(RasterGrid grid) {
        Polygon pixel = JTS.toGeometry(
                new Envelope(grid.width() / 2.0, grid.width() / 2.0 + 1, grid.height() / 2.0, grid.height() / 2.0 + 1));
        double area = equalArea.inMetres(toWorld(pixel)).getArea();
        return Math.sqrt(Math.abs(grid.toWorld().getDeterminant()) / area);
    }

    private void add(Component component) {
        List<Run> runs = component.runs();
        Polygon outline = counterclockwise(toWorld(RingTracer.trace(runs, geometries)));
        Geometry inMetres = equalArea.inMetres(outline);
        if (inMetres.getArea() < minimumArea) {
            landslidePixels -= component.pixels();
            runs.forEach(run ->
                    dropped.computeIfAbsent(run.row(), row -> new ArrayList<>()).add(run));
            return;
        }
        landslides.add(new Landslide(
                outline,
                inMetres.getArea(),
                inMetres.getLength(),
                component.meanProbability(),
                component.maximumProbability()));
    }

    private Polygon toWorld(Polygon inPixels) {
        try {
            return (Polygon) JTS.transform(inPixels, toWorld);
        } catch (TransformException e) {
            throw new IllegalStateException("an affine transform does not fail", e);
        }
    }

    /** Shells run counterclockwise and holes clockwise, as RFC 7946 and the OGC have it. */
    private static Polygon counterclockwise(Polygon polygon) {
        return Orientation.isCCW(polygon.getExteriorRing().getCoordinateSequence()) ? polygon : polygon.reverse();
    }

    /** Landslides, the largest first. */
    public List<Landslide> landslides() {
        return Collections.unmodifiableList(landslides);
    }

    /** Pixels with data. */
    public long validPixels() {
        return validPixels;
    }

    /** Pixels that belong to a landslide. */
    public long landslidePixels() {
        return landslidePixels;
    }

    /** Sum of the landslides' areas in square metres. */
    public double area() {
        return landslides.stream().mapToDouble(Landslide::area).sum();
    }

    /**
     * Pixels that are above the threshold but belong to a landslide below the minimum area.
     *
     * @param pixels rectangle of the raster
     * @return row-major
     */
    public boolean[] dropped(Rectangle pixels) {
        boolean[] result = new boolean[pixels.width * pixels.height];
        for (int y = 0; y < pixels.height; y++) {
            for (Run run : dropped.getOrDefault(pixels.y + y, List.of())) {
                int from = Math.max(0, run.start() - pixels.x);
                int to = Math.min(pixels.width, run.end() - pixels.x);
                if (from < to) {
                    Arrays.fill(result, y * pixels.width + from, y * pixels.width + to, true);
                }
            }
        }
        return result;
    }
}
