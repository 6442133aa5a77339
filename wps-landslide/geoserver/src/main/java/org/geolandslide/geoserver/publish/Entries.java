package org.geolandslide.geoserver.publish;

import java.io.IOException;
import org.geolandslide.segmentation.publish.LayerDescription;
import org.geolandslide.segmentation.publish.Transaction;
import org.geoserver.catalog.Catalog;
import org.geoserver.catalog.CatalogInfo;
import org.geoserver.catalog.Keyword;
import org.geoserver.catalog.LayerInfo;
import org.geoserver.catalog.MetadataLinkInfo;
import org.geoserver.catalog.ProjectionPolicy;
import org.geoserver.catalog.ResourceInfo;
import org.geoserver.catalog.StoreInfo;
import org.geoserver.catalog.WorkspaceInfo;
import org.jspecify.annotations.Nullable;

/** What coverages and feature types have in common in the catalog: how they come into it, go out of it and describe themselves. */
final class Entries {
    /** Key of a resource's metadata: the report of the run as JSON. It marks what this process made and may replace. */
    static final String PROVENANCE = "landslide.provenance";

    /** Key of a resource's metadata: what it shows, as a request names it. */
    static final String PRODUCT = "landslide.product";

    /** GeoServer puts its own address before it. */
    private static final String MODELS =
            "/ows?service=WPS&version=1.0.0&request=Execute&identifier=landslide:ListModels"
                    + "&DataInputs=&RawDataOutput=models";

    private final Catalog catalog;

    /**
     * Entries.
     *
     * @param catalog shows and takes everything
     */
    Entries(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Adds a store. */
    void add(StoreInfo store, Transaction transaction) throws IOException {
        WorkspaceInfo workspace = store.getWorkspace();
        String name = store.getName();
        transaction.step(
                "add the store " + name,
                () -> catalog.add(store),
                () -> remove(catalog.getStoreByName(workspace, name, StoreInfo.class)));
    }

    /** Adds what a store holds, and a layer that shows it. */
    void add(ResourceInfo resource, LayerInfo layer, LayerPlan plan, Transaction transaction) throws IOException {
        describe(resource, plan);
        transaction.step(
                "add the resource " + plan.name(),
                () -> catalog.add(resource),
                () -> remove(catalog.getResourceByName(resource.getNamespace(), plan.name(), ResourceInfo.class)));
        String prefixed = plan.workspace().getName() + ":" + plan.name();
        layer.setResource(catalog.getResource(resource.getId(), ResourceInfo.class));
        plan.style().ifPresent(layer::setDefaultStyle);
        transaction.step(
                "add the layer " + prefixed, () -> catalog.add(layer), () -> remove(catalog.getLayerByName(prefixed)));
    }

    private void describe(ResourceInfo resource, LayerPlan plan) {
        LayerDescription description = plan.description();
        resource.setName(plan.name());
        resource.setTitle(description.title());
        resource.setAbstract(description.summary());
        resource.setDescription(description.summary());
        resource.getKeywords().clear();
        description.keywords().forEach(word -> resource.getKeywords().add(new Keyword(word)));
        MetadataLinkInfo link = catalog.getFactory().createMetadataLink();
        link.setAbout("The models that the server has");
        link.setMetadataType("other");
        link.setType("application/json");
        link.setContent(MODELS);
        resource.getMetadataLinks().add(link);
        resource.getMetadata().put(PROVENANCE, description.provenance());
        resource.getMetadata().put(PRODUCT, plan.product().id());
        if (resource.getSRS() == null) {
            resource.setSRS(plan.srs());
            resource.setProjectionPolicy(ProjectionPolicy.FORCE_DECLARED);
        }
    }

    /** Gives an existing layer another style, if the plan has one. */
    void restyle(LayerInfo layer, LayerPlan plan, Transaction transaction) throws IOException {
        if (plan.style().isEmpty()) {
            return;
        }
        var before = layer.getDefaultStyle();
        transaction.step(
                "set the style of " + plan.name(),
                () -> {
                    layer.setDefaultStyle(plan.style().get());
                    catalog.save(layer);
                },
                () -> {
                    layer.setDefaultStyle(before);
                    catalog.save(layer);
                });
    }

    /** Removes an entry if it is there. */
    void remove(@Nullable CatalogInfo entry) {
        if (entry instanceof LayerInfo layer) {
            catalog.remove(layer);
        } else if (entry instanceof ResourceInfo resource) {
            catalog.remove(resource);
        } else if (entry instanceof StoreInfo store) {
            catalog.remove(store);
        }
    }
}
