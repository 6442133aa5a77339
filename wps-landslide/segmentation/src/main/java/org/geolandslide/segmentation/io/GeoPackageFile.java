package org.geolandslide.segmentation.io;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import mil.nga.geopackage.BoundingBox;
import mil.nga.geopackage.GeoPackage;
import mil.nga.geopackage.GeoPackageException;
import mil.nga.geopackage.GeoPackageManager;
import mil.nga.geopackage.db.GeoPackageDataType;
import mil.nga.geopackage.extension.rtree.RTreeIndexExtension;
import mil.nga.geopackage.features.columns.GeometryColumns;
import mil.nga.geopackage.features.user.FeatureColumn;
import mil.nga.geopackage.features.user.FeatureDao;
import mil.nga.geopackage.features.user.FeatureRow;
import mil.nga.geopackage.features.user.FeatureTableMetadata;
import mil.nga.geopackage.geom.GeoPackageGeometryData;
import mil.nga.geopackage.srs.SpatialReferenceSystem;
import mil.nga.sf.GeometryType;
import org.geolandslide.model.OutputFile;
import org.geotools.api.feature.Property;
import org.geotools.api.feature.simple.SimpleFeature;
import org.geotools.api.feature.type.AttributeDescriptor;
import org.geotools.api.feature.type.GeometryDescriptor;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.data.simple.SimpleFeatureIterator;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.WKBWriter;

/** Writes features of numbers and polygons as a GeoPackage with a spatial index, in their own CRS. */
public final class GeoPackageFile {
    /** For a CRS without an EPSG code; outside of the codes that EPSG assigns. */
    private static final long OWN_SRS = 900_001;

    private GeoPackageFile() {}

    /**
     * Writes features.
     *
     * @throws IOException if the file cannot be written
     */
    public static void write(SimpleFeatureCollection features, Path file) throws IOException {
        OutputFile.write(file, unfinished -> {
            try {
                GeoPackageManager.create(unfinished.toFile(), false);
                try (GeoPackage target = GeoPackageManager.open(unfinished.toFile(), false)) {
                    write(features, target);
                }
            } catch (GeoPackageException | SQLException e) {
                throw new IOException(file + " cannot be written: " + e.getMessage(), e);
            }
        });
    }

    private static void write(SimpleFeatureCollection features, GeoPackage target) throws SQLException, IOException {
        String table = features.getSchema().getTypeName();
        SpatialReferenceSystem srs = srs(target, features.getSchema().getCoordinateReferenceSystem());
        GeometryColumns geometry = new GeometryColumns();
        geometry.setTableName(table);
        geometry.setColumnName("geom");
        geometry.setGeometryType(GeometryType.POLYGON);
        geometry.setSrs(srs);
        List<FeatureColumn> columns = new ArrayList<>();
        for (AttributeDescriptor attribute : features.getSchema().getAttributeDescriptors()) {
            if (!(attribute instanceof GeometryDescriptor)) {
                columns.add(FeatureColumn.createColumn(attribute.getLocalName(), GeoPackageDataType.DOUBLE));
            }
        }
        ReferencedEnvelope bounds = features.getBounds();
        target.createFeatureTable(
                bounds.isEmpty()
                        ? FeatureTableMetadata.create(geometry, columns)
                        : FeatureTableMetadata.create(
                                geometry,
                                columns,
                                new BoundingBox(
                                        bounds.getMinX(), bounds.getMinY(), bounds.getMaxX(), bounds.getMaxY())));
        FeatureDao rows = target.getFeatureDao(table);
        target.beginTransaction();
        boolean whole = false;
        try (SimpleFeatureIterator iterator = features.features()) {
            while (iterator.hasNext()) {
                insert(iterator.next(), rows, srs.getSrsId());
            }
            whole = true;
        } finally {
            target.endTransaction(whole);
        }
        new RTreeIndexExtension(target).create(rows.getTable());
    }

    private static void insert(SimpleFeature feature, FeatureDao rows, long srs) throws IOException {
        FeatureRow row = rows.newRow();
        byte[] polygon = new WKBWriter().write((Geometry) feature.getDefaultGeometry());
        row.setGeometry(GeoPackageGeometryData.createFromWkbAndBuildEnvelope(srs, polygon));
        for (Property property : feature.getProperties()) {
            if (!(property.getDescriptor() instanceof GeometryDescriptor)) {
                row.setValue(property.getName().getLocalPart(), property.getValue());
            }
        }
        rows.create(row);
    }

    private static SpatialReferenceSystem srs(GeoPackage target, CoordinateReferenceSystem crs) throws SQLException {
        OptionalLong code = epsgCode(crs);
        SpatialReferenceSystem srs = new SpatialReferenceSystem();
        srs.setSrsName(crs.getName().getCode());
        srs.setSrsId(code.orElse(OWN_SRS));
        srs.setOrganization(code.isEmpty() ? "NONE" : "EPSG");
        srs.setOrganizationCoordsysId(srs.getSrsId());
        srs.setDefinition(crs.toWKT());
        return target.getSpatialReferenceSystemDao().createIfNotExists(srs);
    }

    /** The code that a CRS says itself: GeoTools' search for one takes seconds and needs a library that is not here. */
    private static OptionalLong epsgCode(CoordinateReferenceSystem crs) {
        return crs.getIdentifiers().stream()
                .filter(identifier -> "EPSG".equals(identifier.getCodeSpace()))
                .mapToLong(identifier -> Long.parseLong(identifier.getCode()))
                .findFirst();
    }
}
