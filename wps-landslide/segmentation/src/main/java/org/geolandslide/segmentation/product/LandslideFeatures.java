package org.geolandslide.segmentation.product;

import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.geotools.api.feature.simple.SimpleFeature;
import org.geotools.api.feature.simple.SimpleFeatureType;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.feature.collection.AbstractFeatureCollection;
import org.geotools.feature.simple.SimpleFeatureBuilder;
import org.geotools.feature.simple.SimpleFeatureTypeBuilder;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.locationtech.jts.geom.Polygon;

/**
 * Landslides as features. The inventory is taken when the features are first read. The names of the attributes have at most ten
 * letters, so that a shapefile keeps them.
 */
public final class LandslideFeatures extends AbstractFeatureCollection {
    /** Attribute: square metres on the ellipsoid, of the pixels. */
    public static final String AREA = "area_m2";
    /** Attribute: metres along the pixel edges, whether the outline is simplified or not. */
    public static final String PERIMETER = "perim_m";
    /** Attribute: mean probability, 0 to 1. */
    public static final String MEAN_PROBABILITY = "prob_mean";
    /** Attribute: largest probability, 0 to 1. */
    public static final String MAXIMUM_PROBABILITY = "prob_max";

    private final Supplier<LandslideInventory> inventory;

    /**
     * Features.
     *
     * @param crs CRS of the outlines
     */
    public LandslideFeatures(CoordinateReferenceSystem crs, Supplier<LandslideInventory> inventory) {
        super(type(crs));
        this.inventory = inventory;
    }

    private static SimpleFeatureType type(CoordinateReferenceSystem crs) {
        SimpleFeatureTypeBuilder builder = new SimpleFeatureTypeBuilder();
        builder.setName("landslides");
        builder.add("geometry", Polygon.class, crs);
        builder.add(AREA, Double.class);
        builder.add(PERIMETER, Double.class);
        builder.add(MEAN_PROBABILITY, Double.class);
        builder.add(MAXIMUM_PROBABILITY, Double.class);
        builder.setDefaultGeometry("geometry");
        return builder.buildFeatureType();
    }

    @Override
    protected Iterator<SimpleFeature> openIterator() {
        List<Landslide> landslides = inventory.get().landslides();
        SimpleFeatureBuilder builder = new SimpleFeatureBuilder(getSchema());
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < landslides.size();
            }

            @Override
            public SimpleFeature next() {
                if (!hasNext()) {
                    throw new java.util.NoSuchElementException("there are " + next + " landslides");
                }
                Landslide landslide = landslides.get(next++);
                builder.add(landslide.outline());
                builder.add(landslide.area());
                builder.add(landslide.perimeter());
                builder.add(landslide.meanProbability());
                builder.add(landslide.maximumProbability());
                return builder.buildFeature("landslide." + next);
            }
        };
    }

    @Override
    public int size() {
        return inventory.get().landslides().size();
    }

    @Override
    public ReferencedEnvelope getBounds() {
        ReferencedEnvelope bounds = new ReferencedEnvelope(getSchema().getCoordinateReferenceSystem());
        inventory
                .get()
                .landslides()
                .forEach(landslide -> bounds.expandToInclude(landslide.outline().getEnvelopeInternal()));
        return bounds;
    }
}
