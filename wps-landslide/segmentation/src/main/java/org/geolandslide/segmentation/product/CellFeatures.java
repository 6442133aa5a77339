package org.geolandslide.segmentation.product;

import java.awt.Rectangle;
import java.util.Iterator;
import java.util.List;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.api.feature.simple.SimpleFeature;
import org.geotools.api.feature.simple.SimpleFeatureType;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.feature.collection.AbstractFeatureCollection;
import org.geotools.feature.simple.SimpleFeatureBuilder;
import org.geotools.feature.simple.SimpleFeatureTypeBuilder;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** Cells of a detection as features: polygons in the raster's CRS. All attributes are doubles, as in the files that are written. */
public final class CellFeatures extends AbstractFeatureCollection {
    /** Attribute: probability that the cell holds any landslide, 0 to 1. */
    public static final String PROBABILITY = "prob";
    /** Attribute: 1 where the probability is at or above the threshold, else 0. */
    public static final String LANDSLIDE = "landslide";
    /** Attribute: share of the cell's pixels that have data, above 0 and up to 1. */
    public static final String VALID_SHARE = "valid";
    /** Attribute: row of cells, from 0 at the top. */
    public static final String ROW = "row";
    /** Attribute: column of cells, from 0 at the left. */
    public static final String COLUMN = "col";

    private final RasterGrid grid;
    private final List<DetectedCell> cells;
    private final GeometryFactory geometries = new GeometryFactory();

    /**
     * Features.
     *
     * @param grid the raster that the cells divide
     */
    public CellFeatures(RasterGrid grid, List<DetectedCell> cells) {
        super(type(grid.crs()));
        this.grid = grid;
        this.cells = List.copyOf(cells);
    }

    private static SimpleFeatureType type(CoordinateReferenceSystem crs) {
        SimpleFeatureTypeBuilder builder = new SimpleFeatureTypeBuilder();
        builder.setName("cells");
        builder.add("geometry", Polygon.class, crs);
        builder.add(PROBABILITY, Double.class);
        builder.add(LANDSLIDE, Double.class);
        builder.add(VALID_SHARE, Double.class);
        builder.add(ROW, Double.class);
        builder.add(COLUMN, Double.class);
        builder.setDefaultGeometry("geometry");
        return builder.buildFeatureType();
    }

    @Override
    protected Iterator<SimpleFeature> openIterator() {
        SimpleFeatureBuilder builder = new SimpleFeatureBuilder(getSchema());
        return cells.stream().map(cell -> feature(cell, builder)).iterator();
    }

    private SimpleFeature feature(DetectedCell cell, SimpleFeatureBuilder builder) {
        builder.add(outline(cell.pixels()));
        builder.add(cell.probability());
        builder.add(cell.landslide() ? 1.0 : 0.0);
        builder.add(cell.validShare());
        builder.add((double) cell.row());
        builder.add((double) cell.column());
        return builder.buildFeature("cell." + cell.row() + "." + cell.column());
    }

    /** Counterclockwise, as the OGC has it. */
    private Polygon outline(Rectangle pixels) {
        double left = pixels.x;
        double top = pixels.y;
        double right = left + pixels.width;
        double bottom = top + pixels.height;
        double[] corners = {left, top, left, bottom, right, bottom, right, top, left, top};
        grid.toWorld().transform(corners, 0, corners, 0, corners.length / 2);
        Coordinate[] ring = new Coordinate[corners.length / 2];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new Coordinate(corners[2 * i], corners[2 * i + 1]);
        }
        Polygon polygon = geometries.createPolygon(ring);
        return Orientation.isCCW(ring) ? polygon : polygon.reverse();
    }

    @Override
    public int size() {
        return cells.size();
    }

    @Override
    public ReferencedEnvelope getBounds() {
        ReferencedEnvelope bounds = new ReferencedEnvelope(grid.crs());
        cells.forEach(cell -> bounds.expandToInclude(outline(cell.pixels()).getEnvelopeInternal()));
        return bounds;
    }
}
