package org.geolandslide.geoserver.publish;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.geotools.api.data.DataStore;
import org.geotools.api.data.DataStoreFinder;
import org.geotools.api.data.SimpleFeatureStore;
import org.geotools.api.data.Transaction;
import org.geotools.api.feature.simple.SimpleFeatureType;
import org.geotools.data.DefaultTransaction;
import org.geotools.data.simple.SimpleFeatureCollection;
import org.geotools.feature.simple.SimpleFeatureTypeBuilder;

/** Writes GeoPackages with the GeoTools that GeoServer has; the library of the command line is not part of the plugin. */
final class GeoPackages {
    private GeoPackages() {}

    /**
     * Writes features.
     *
     * @param file must not exist
     * @param table name of the table
     */
    static void write(SimpleFeatureCollection features, Path file, String table) throws IOException {
        DataStore store = DataStoreFinder.getDataStore(Map.of("dbtype", "geopkg", "database", file.toFile()));
        if (store == null) {
            throw new IOException("GeoServer has no GeoPackage data store, which polygons need");
        }
        try (Transaction transaction = new DefaultTransaction(table)) {
            SimpleFeatureTypeBuilder type = new SimpleFeatureTypeBuilder();
            SimpleFeatureType schema = features.getSchema();
            type.init(schema);
            type.setName(table);
            store.createSchema(type.buildFeatureType());
            SimpleFeatureStore target = (SimpleFeatureStore) store.getFeatureSource(table);
            target.setTransaction(transaction);
            target.addFeatures(features);
            transaction.commit();
        } finally {
            store.dispose();
        }
    }
}
