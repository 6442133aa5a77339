package org.geolandslide.geoserver.publish;

import java.io.IOException;
import org.geolandslide.segmentation.publish.Transaction;
import org.geoserver.catalog.Catalog;
import org.geoserver.catalog.CatalogBuilder;
import org.geoserver.catalog.CoverageInfo;
import org.geoserver.catalog.CoverageStoreInfo;
import org.geoserver.catalog.LayerInfo;

/** Layers of rasters: one GeoTIFF, one store, one coverage. */
final class CoverageLayers {
    private final Catalog catalog;
    private final Entries entries;

    CoverageLayers(Catalog catalog, Entries entries) {
        this.catalog = catalog;
        this.entries = entries;
    }

    /**
     * Adds a layer.
     *
     * @param url the file's address, {@code file:} and the path below the data directory
     */
    void add(LayerPlan plan, String url, Transaction transaction) throws IOException {
        CatalogBuilder builder = new CatalogBuilder(catalog);
        builder.setWorkspace(plan.workspace());
        CoverageStoreInfo store = builder.buildCoverageStore(plan.name());
        store.setType("GeoTIFF");
        store.setURL(url);
        store.setDescription(plan.description().title());
        entries.add(store, transaction);
        CoverageInfo coverage = read(catalog.getCoverageStore(store.getId()));
        entries.add(coverage, builder.buildLayer(coverage), plan, transaction);
    }

    /**
     * Puts another file under a layer. The store turns to it in one step, so that there is no moment without a file.
     *
     * @return the address of the file before
     */
    String replace(LayerInfo layer, LayerPlan plan, String url, Transaction transaction) throws IOException {
        CoverageInfo coverage = catalog.getCoverage(layer.getResource().getId());
        CoverageStoreInfo store = catalog.getCoverageStore(coverage.getStore().getId());
        String before = store.getURL();
        transaction.step(
                "point the store " + store.getName() + " at the new file",
                () -> point(store, url),
                () -> point(store, before));
        CoverageInfo fresh = read(store);
        fresh.setAbstract(plan.description().summary());
        fresh.getMetadata().put(Entries.PROVENANCE, plan.description().provenance());
        ResourceState old = ResourceState.of(coverage);
        ResourceState now = ResourceState.of(fresh).keeping(old);
        transaction.step("update the coverage " + plan.name(), () -> save(coverage, now), () -> save(coverage, old));
        entries.restyle(layer, plan, transaction);
        return before;
    }

    private void point(CoverageStoreInfo store, String url) {
        store.setURL(url);
        catalog.save(store);
    }

    private void save(CoverageInfo coverage, ResourceState state) {
        state.applyTo(coverage);
        catalog.save(coverage);
    }

    private CoverageInfo read(CoverageStoreInfo store) throws IOException {
        CatalogBuilder builder = new CatalogBuilder(catalog);
        builder.setStore(store);
        try {
            return builder.buildCoverage();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("GeoServer cannot read " + store.getURL() + ": " + e.getMessage(), e);
        }
    }
}
