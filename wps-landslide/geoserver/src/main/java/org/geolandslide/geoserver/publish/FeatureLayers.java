package org.geolandslide.geoserver.publish;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import org.geolandslide.segmentation.publish.Transaction;
import org.geoserver.catalog.Catalog;
import org.geoserver.catalog.CatalogBuilder;
import org.geoserver.catalog.DataStoreInfo;
import org.geoserver.catalog.FeatureTypeInfo;
import org.geoserver.catalog.LayerInfo;
import org.geoserver.catalog.StoreInfo;
import org.geoserver.catalog.WorkspaceInfo;
import org.geotools.feature.NameImpl;

/** Layers of polygons: one GeoPackage, one store, one feature type. */
final class FeatureLayers {
    private final Catalog catalog;
    private final Entries entries;

    FeatureLayers(Catalog catalog, Entries entries) {
        this.catalog = catalog;
        this.entries = entries;
    }

    /**
     * Adds a layer.
     *
     * @param url the file's address, {@code file:} and the path below the data directory
     */
    void add(LayerPlan plan, String url, Transaction transaction) throws IOException {
        DataStoreInfo store = store(plan, url);
        entries.add(store, transaction);
        CatalogBuilder builder = new CatalogBuilder(catalog);
        builder.setWorkspace(plan.workspace());
        FeatureTypeInfo type = read(catalog.getDataStore(store.getId()), plan);
        entries.add(type, builder.buildLayer(type), plan, transaction);
    }

    /**
     * Puts another file under a layer. The layer moves to another store, for GeoServer closes the connections of a store that changes, and
     * a map that is being drawn would fail.
     *
     * @return the store before, which nothing needs any more when the maps that are being drawn now are done
     */
    DataStoreInfo replace(LayerInfo layer, LayerPlan plan, String url, Transaction transaction) throws IOException {
        FeatureTypeInfo type = catalog.getFeatureType(layer.getResource().getId());
        DataStoreInfo before = catalog.getDataStore(type.getStore().getId());
        DataStoreInfo store = store(plan, url);
        entries.add(store, transaction);
        DataStoreInfo added = catalog.getDataStore(store.getId());
        FeatureTypeInfo fresh = read(added, plan);
        fresh.setAbstract(plan.description().summary());
        fresh.getMetadata().put(Entries.PROVENANCE, plan.description().provenance());
        ResourceState old = ResourceState.of(type);
        ResourceState now = ResourceState.of(fresh).keeping(old);
        transaction.step(
                "move the layer " + plan.name() + " to the store " + store.getName(),
                () -> save(type, added, now),
                () -> save(type, before, old));
        entries.restyle(layer, plan, transaction);
        return before;
    }

    private void save(FeatureTypeInfo type, DataStoreInfo store, ResourceState state) {
        type.setStore(store);
        state.applyTo(type);
        catalog.save(type);
    }

    private DataStoreInfo store(LayerPlan plan, String url) {
        CatalogBuilder builder = new CatalogBuilder(catalog);
        builder.setWorkspace(plan.workspace());
        DataStoreInfo store = builder.buildDataStore(free(plan.name(), plan.workspace()));
        store.setType("GeoPackage");
        store.setDescription(plan.description().title());
        Map<String, Serializable> parameters = store.getConnectionParameters();
        parameters.put("dbtype", "geopkg");
        parameters.put("database", url);
        // The polygons belong to the run that made them.
        parameters.put("read_only", "true");
        parameters.put(
                "namespace",
                catalog.getNamespaceByPrefix(plan.workspace().getName()).getURI());
        return store;
    }

    private String free(String name, WorkspaceInfo workspace) {
        String candidate = name;
        for (int i = 2; catalog.getStoreByName(workspace, candidate, StoreInfo.class) != null; i++) {
            candidate = name + "-" + i;
        }
        return candidate;
    }

    private FeatureTypeInfo read(DataStoreInfo store, LayerPlan plan) throws IOException {
        CatalogBuilder builder = new CatalogBuilder(catalog);
        builder.setWorkspace(plan.workspace());
        builder.setStore(store);
        String namespace =
                catalog.getNamespaceByPrefix(plan.workspace().getName()).getURI();
        FeatureTypeInfo type;
        try {
            type = builder.buildFeatureType(new NameImpl(namespace, plan.name()));
            builder.setupProjectionPolicy(type);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("GeoServer cannot read the polygons of " + plan.name() + ": " + e.getMessage(), e);
        }
        // The raster's: there may be no polygon at all.
        type.setNativeBoundingBox(plan.extent());
        type.setLatLonBoundingBox(
                builder.getLatLonBounds(plan.extent(), plan.extent().getCoordinateReferenceSystem()));
        return type;
    }
}
