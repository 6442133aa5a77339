package org.geolandslide.geoserver.publish;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.geolandslide.model.OutputFile;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.product.Product;
import org.geolandslide.segmentation.publish.LayerDescription;
import org.geolandslide.segmentation.publish.LayerFiles;
import org.geolandslide.segmentation.publish.Transaction;
import org.geoserver.GeoServerConfigurationLock;
import org.geoserver.GeoServerConfigurationLock.LockType;
import org.geoserver.catalog.Catalog;
import org.geoserver.catalog.CoverageInfo;
import org.geoserver.catalog.LayerInfo;
import org.geoserver.catalog.ResourceInfo;
import org.geoserver.catalog.StoreInfo;
import org.geoserver.catalog.StyleInfo;
import org.geotools.geometry.jts.ReferencedEnvelope;

/** Puts finished files into the catalog, all or none. The files lie in {@code data/landslide/WORKSPACE} of the data directory. */
final class LayerPublisher {
    private final Catalog catalog;
    private final Path dataDirectory;
    private final GeoServerConfigurationLock lock;
    private final Retirement retirement;
    private final Styles styles;
    private final CoverageLayers coverages;
    private final FeatureLayers features;

    /**
     * A publisher.
     *
     * @param catalog shows and takes everything: whoever calls has asked for rights before
     */
    LayerPublisher(
            Catalog catalog,
            Path dataDirectory,
            GeoServerConfigurationLock lock,
            Retirement retirement,
            Styles styles) {
        this.catalog = catalog;
        this.dataDirectory = dataDirectory;
        this.lock = lock;
        this.retirement = retirement;
        this.styles = styles;
        Entries entries = new Entries(catalog);
        this.coverages = new CoverageLayers(catalog, entries);
        this.features = new FeatureLayers(catalog, entries);
    }

    /** The files of a publication's workspace. */
    LayerFiles files(Publication publication) {
        return new LayerFiles(folder(publication));
    }

    private Path folder(Publication publication) {
        return dataDirectory
                .resolve("data")
                .resolve("landslide")
                .resolve(publication.workspace().getName());
    }

    /**
     * Finds out before the work begins what would fail after it.
     *
     * @throws SegmentationException if a name is taken
     * @throws IOException if no file can be written
     */
    void check(Publication publication) throws IOException {
        for (Product product : publication.products()) {
            existing(publication, product);
        }
        OutputFile.requireWritable(folder(publication).resolve(".unfinished"));
    }

    /**
     * Publishes.
     *
     * @param finished files of the products; each has the name of its layer
     * @param report the run's, for the layers' descriptions
     * @param source the layer on whose grid the products lie
     * @param extent of the products
     */
    void publish(
            Publication publication,
            Map<Product, Path> finished,
            JsonNode report,
            SourceLayers.Source source,
            ReferencedEnvelope extent,
            Transaction transaction)
            throws IOException {
        // Others that change the catalog, through REST or the pages of administration, wait: what is undone here is
        // nobody else's.
        lock.lock(LockType.WRITE);
        try {
            Map<Product, LayerPlan> plans = new LinkedHashMap<>();
            for (Product product : publication.products()) {
                plans.put(product, plan(publication, product, report, source.srs(), extent, transaction));
            }
            LayerFiles files = files(publication);
            for (LayerPlan plan : plans.values()) {
                Path file = finished.get(plan.product());
                if (file == null) {
                    throw new IOException(
                            "no file was made for the product " + plan.product().id());
                }
                publish(plan, files, files.settle(file, transaction), transaction);
            }
            transaction.commit();
        } catch (IOException | RuntimeException e) {
            // Under the lock, too.
            try {
                transaction.close();
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        } finally {
            lock.unlock();
        }
    }

    private LayerPlan plan(
            Publication publication,
            Product product,
            JsonNode report,
            String srs,
            ReferencedEnvelope extent,
            Transaction transaction)
            throws IOException {
        Optional<LayerInfo> existing = existing(publication, product);
        Optional<StyleInfo> style = Optional.ofNullable(publication.styles().get(product));
        if (style.isEmpty() && existing.isEmpty()) {
            style = Optional.of(styles.shipped(product, publication.workspace(), transaction));
        }
        return new LayerPlan(
                product,
                publication.workspace(),
                publication.layer(product),
                LayerDescription.of(product, publication.name(), report),
                style,
                existing,
                srs,
                extent);
    }

    private void publish(LayerPlan plan, LayerFiles files, Path file, Transaction transaction) throws IOException {
        String url = "file:" + dataDirectory.relativize(file).toString().replace('\\', '/');
        if (plan.existing().isEmpty()) {
            if (plan.product().isRaster()) {
                coverages.add(plan, url, transaction);
            } else {
                features.add(plan, url, transaction);
            }
            return;
        }
        LayerInfo layer = plan.existing().get();
        String what = "the data that the layer " + plan.name() + " had before";
        transaction.afterwards("forget the tiles of the layer " + plan.name(), () -> TileCache.forget(layer));
        if (plan.product().isRaster()) {
            String before = coverages.replace(layer, plan, url, transaction);
            transaction.afterwards("retire " + what, () -> retirement.later(what, () -> files.remove(path(before))));
        } else {
            StoreInfo before = features.replace(layer, plan, url, transaction);
            Path old = path(String.valueOf(before.getConnectionParameters().get("database")));
            transaction.afterwards(
                    "retire " + what,
                    () -> retirement.later(what, () -> {
                        catalog.remove(before);
                        files.remove(old);
                    }));
        }
    }

    private Path path(String url) {
        return dataDirectory.resolve(url.substring("file:".length()));
    }

    /**
     * The layer that a product replaces.
     *
     * @throws SegmentationException if there is one and it may not be replaced, or something else has its name
     */
    private Optional<LayerInfo> existing(Publication publication, Product product) {
        String name = publication.layer(product);
        String prefixed = publication.prefixed(product);
        LayerInfo layer = catalog.getLayerByName(prefixed);
        if (layer == null) {
            requireFree(publication, name);
            return Optional.empty();
        }
        if (!publication.replace()) {
            throw new SegmentationException("name is '" + publication.name() + "' and there is a layer " + prefixed
                    + " already, expected a new name, or replace=true");
        }
        ResourceInfo resource = layer.getResource();
        String made = resource.getMetadata().get(Entries.PRODUCT, String.class);
        if (!product.id().equals(made) || resource instanceof CoverageInfo != product.isRaster()) {
            throw new SegmentationException("the layer " + prefixed + " is "
                    + (made == null ? "none that landslide:SegmentLayer made" : "of the product " + made)
                    + ", expected one of the product " + product.id() + " to replace");
        }
        return Optional.of(layer);
    }

    private void requireFree(Publication publication, String name) {
        String workspace = publication.workspace().getName();
        boolean taken = catalog.getStoreByName(workspace, name, StoreInfo.class) != null
                || catalog.getResourceByName(workspace, name, ResourceInfo.class) != null
                || catalog.getLayerGroupByName(workspace, name) != null;
        if (taken) {
            throw new SegmentationException("name is '" + publication.name() + "' and the workspace " + workspace
                    + " has a store, a resource or a group of layers '" + name + "' already, expected a new name");
        }
    }
}
