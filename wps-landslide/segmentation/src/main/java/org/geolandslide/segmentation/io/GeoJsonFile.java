package org.geolandslide.segmentation.io;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.geolandslide.model.OutputFile;
import org.geotools.api.feature.Property;
import org.geotools.api.feature.simple.SimpleFeature;
import org.geotools.api.feature.type.GeometryDescriptor;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.data.simple.SimpleFeatureIterator;
import org.geotools.geometry.jts.JTS;
import org.geotools.referencing.CRS;
import org.geotools.referencing.crs.DefaultGeographicCRS;
import org.locationtech.jts.geom.CoordinateFilter;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.io.geojson.GeoJsonWriter;

/** Writes features as GeoJSON (RFC 7946): WGS 84, longitude first, exterior rings counterclockwise. */
public final class GeoJsonFile {
    /** Decimals of a degree: about a centimetre. */
    private static final int DECIMALS = 7;

    /** Degrees of longitude; no landslide is that wide. */
    private static final int HALF_WORLD = 180;

    private GeoJsonFile() {}

    /**
     * Writes features.
     *
     * @throws IOException if the file cannot be written or the features' CRS has no transform to WGS 84
     */
    public static void write(SimpleFeatureCollection features, Path file) throws IOException {
        OutputFile.write(file, unfinished -> {
            try (JsonGenerator json = new JsonFactory().createGenerator(unfinished.toFile(), JsonEncoding.UTF8)) {
                writeTo(features, json);
            } catch (FactoryException | TransformException e) {
                throw new IOException("the features cannot be brought into WGS 84: " + e.getMessage(), e);
            }
        });
    }

    private static void writeTo(SimpleFeatureCollection features, JsonGenerator json)
            throws IOException, FactoryException, TransformException {
        MathTransform toWgs84 = CRS.findMathTransform(
                features.getSchema().getCoordinateReferenceSystem(), DefaultGeographicCRS.WGS84, true);
        GeoJsonWriter geometries = new GeoJsonWriter(DECIMALS);
        geometries.setEncodeCRS(false);
        geometries.setForceCCW(true);
        json.writeStartObject();
        json.writeStringField("type", "FeatureCollection");
        json.writeArrayFieldStart("features");
        try (SimpleFeatureIterator iterator = features.features()) {
            while (iterator.hasNext()) {
                writeFeature(iterator.next(), toWgs84, geometries, json);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /**
     * A polygon between longitudes -180 and 180: one that crosses 180 in parts (RFC 7946, section 3.1.9), whether its coordinates
     * jump there or go on beyond.
     */
    private static Geometry withinTheWorld(Geometry geometry) {
        Envelope extent = geometry.getEnvelopeInternal();
        boolean jumps = extent.getWidth() > HALF_WORLD;
        Geometry eastward = geometry.copy();
        if (jumps || extent.getMinX() < -HALF_WORLD) {
            move(eastward, longitude -> jumps && longitude >= 0 ? longitude : longitude + 2 * HALF_WORLD);
        }
        if (eastward.getEnvelopeInternal().getMaxX() <= HALF_WORLD) {
            return eastward;
        }
        Geometry west = eastward.intersection(JTS.toGeometry(new Envelope(-HALF_WORLD, HALF_WORLD, -90, 90)));
        Geometry east = eastward.intersection(JTS.toGeometry(new Envelope(HALF_WORLD, 3 * HALF_WORLD, -90, 90)));
        move(east, longitude -> longitude - 2 * HALF_WORLD);
        List<Polygon> parts = new ArrayList<>();
        for (Geometry side : List.of(west, east)) {
            for (int i = 0; i < side.getNumGeometries(); i++) {
                if (side.getGeometryN(i) instanceof Polygon part && !part.isEmpty()) {
                    parts.add(part);
                }
            }
        }
        return parts.size() == 1
                ? parts.get(0)
                : geometry.getFactory().createMultiPolygon(parts.toArray(Polygon[]::new));
    }

    private static void move(Geometry geometry, DoubleUnaryOperator longitudes) {
        geometry.apply((CoordinateFilter) coordinate -> coordinate.x = longitudes.applyAsDouble(coordinate.x));
        geometry.geometryChanged();
    }

    private static void writeFeature(
            SimpleFeature feature, MathTransform toWgs84, GeoJsonWriter geometries, JsonGenerator json)
            throws IOException, TransformException {
        json.writeRaw("\n");
        json.writeStartObject();
        json.writeStringField("type", "Feature");
        json.writeStringField("id", feature.getID());
        json.writeFieldName("geometry");
        Geometry inWgs84 = JTS.transform((Geometry) feature.getDefaultGeometry(), toWgs84);
        json.writeRawValue(geometries.write(withinTheWorld(inWgs84)));
        json.writeObjectFieldStart("properties");
        for (Property property : feature.getProperties()) {
            if (!(property.getDescriptor() instanceof GeometryDescriptor)) {
                json.writeNumberField(property.getName().getLocalPart(), ((Number) property.getValue()).doubleValue());
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
