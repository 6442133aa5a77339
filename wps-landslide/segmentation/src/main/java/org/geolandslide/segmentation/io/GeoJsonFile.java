package org.geolandslide.segmentation.io;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** A geometry that crosses longitude 180 in two parts (RFC 7946, section 3.1.9), any other unchanged. */
    private static Geometry cutAtAntimeridian(Geometry geometry) {
        if (geometry.getEnvelopeInternal().getWidth() <= HALF_WORLD) {
            return geometry;
        }
        Geometry eastward = geometry.copy();
        eastward.apply((CoordinateFilter) coordinate -> {
            if (coordinate.x < 0) {
                coordinate.x += 2 * HALF_WORLD;
            }
        });
        eastward.geometryChanged();
        Geometry west = eastward.intersection(JTS.toGeometry(new Envelope(0, HALF_WORLD, -90, 90)));
        Geometry east = eastward.intersection(JTS.toGeometry(new Envelope(HALF_WORLD, 2 * HALF_WORLD, -90, 90)));
        east.apply((CoordinateFilter) coordinate -> coordinate.x -= 2 * HALF_WORLD);
        east.geometryChanged();
        List<Polygon> parts = new ArrayList<>();
        for (Geometry side : List.of(west, east)) {
            for (int i = 0; i < side.getNumGeometries(); i++) {
                if (side.getGeometryN(i) instanceof Polygon part) {
                    parts.add(part);
                }
            }
        }
        return geometry.getFactory().createMultiPolygon(parts.toArray(Polygon[]::new));
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
        json.writeRawValue(geometries.write(cutAtAntimeridian(inWgs84)));
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
