package org.geolandslide.segmentation.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;
import org.locationtech.jts.io.geojson.GeoJsonReader;

/**
 * Reads a region of interest: polygons as GeoJSON (a geometry, a feature or a collection of them), in WGS 84, longitude first, or
 * in the CRS of the member {@code crs} of older GeoJSON; or as WKT, in the raster's CRS or, after {@code SRID=n;}, in that of the EPSG code n with the easting or longitude first.
 */
public final class RegionFile {
    private static final Pattern WITH_SRID = Pattern.compile("SRID=(\\d{1,9});(.*)", Pattern.DOTALL);
    /** What older GeoJSON calls a CRS: {@code EPSG:4326}, {@code urn:ogc:def:crs:EPSG::4326}. */
    private static final Pattern EPSG = Pattern.compile("(?:EPSG:|urn:ogc:def:crs:EPSG:[\\d.]*:)([1-9]\\d{0,8})");
    /** What GDAL and QGIS call WGS 84, longitude first. */
    private static final Pattern WGS_84 = Pattern.compile("(?:OGC:|urn:ogc:def:crs:OGC:[\\d.]*:)CRS84");

    private static final int WGS_84_SRID = 4326;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private RegionFile() {}

    /**
     * Reads a file.
     *
     * @return the union of its polygons; its SRID is 0 where it is in the raster's CRS
     * @throws IOException if there is no such file, or it holds anything but polygons
     */
    public static Geometry read(Path file) throws IOException {
        String text;
        try {
            text = Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no text; expected a polygon as GeoJSON or WKT", e);
        }
        text = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
        Geometry geometry;
        try {
            geometry = text.startsWith("{") ? geoJson(text, file) : wellKnownText(text);
        } catch (JsonProcessingException | ParseException | RuntimeException e) {
            // JTS's reader of GeoJSON trusts the types and numbers of what it finds.
            throw new IOException(
                    file + " is neither GeoJSON nor WKT, with or without SRID=n; before it: " + e.getMessage(), e);
        }
        return polygons(geometry, file);
    }

    private static Geometry geoJson(String text, Path file) throws IOException, ParseException {
        JsonNode json = MAPPER.readTree(text);
        int srid = WGS_84_SRID;
        // JTS's reader stumbles over most names of a CRS.
        JsonNode crs = ((ObjectNode) json).remove("crs");
        if (crs != null && !crs.isNull()) {
            String name = crs.path("properties").path("name").asText();
            Matcher code = EPSG.matcher(name);
            if (code.matches()) {
                srid = Integer.parseInt(code.group(1));
            } else if (!WGS_84.matcher(name).matches()) {
                throw new IOException(file + " has the CRS " + crs + ", expected none, WGS 84 or an EPSG code");
            }
        }
        Geometry geometry = new GeoJsonReader().read(json.toString());
        geometry.setSRID(srid);
        return geometry;
    }

    private static Geometry wellKnownText(String text) throws ParseException {
        Matcher matcher = WITH_SRID.matcher(text);
        if (!matcher.matches()) {
            return new WKTReader().read(text);
        }
        Geometry geometry = new WKTReader().read(matcher.group(2));
        geometry.setSRID(Integer.parseInt(matcher.group(1)));
        return geometry;
    }

    private static Geometry polygons(Geometry geometry, Path file) throws IOException {
        if (geometry.isEmpty()) {
            throw new IOException(file + " holds an empty " + geometry.getGeometryType() + ", expected a polygon");
        }
        for (int i = 0; i < geometry.getNumGeometries(); i++) {
            Geometry part = geometry.getGeometryN(i);
            if (part.getDimension() != 2) {
                throw new IOException(file + " holds a " + part.getGeometryType() + ", expected polygons only");
            }
        }
        Geometry union = GeometryFixer.fix(geometry).union();
        union.setSRID(geometry.getSRID());
        return union;
    }
}
