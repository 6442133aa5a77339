package org.geolandslide.geoserver.publish;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geoserver.GeoServerConfigurationLock;
import org.geoserver.catalog.CatalogBuilder;
import org.geoserver.catalog.CoverageInfo;
import org.geoserver.catalog.CoverageReaderFileConverter;
import org.geoserver.catalog.CoverageStoreInfo;
import org.geoserver.catalog.LayerInfo;
import org.geoserver.catalog.NamespaceInfo;
import org.geoserver.catalog.ResourceInfo;
import org.geoserver.catalog.StoreInfo;
import org.geoserver.catalog.StyleInfo;
import org.geoserver.catalog.WorkspaceInfo;
import org.geoserver.catalog.impl.CatalogImpl;
import org.geoserver.config.GeoServerDataDirectory;
import org.geoserver.platform.GeoServerExtensions;
import org.geoserver.platform.GeoServerResourceLoader;
import org.geoserver.security.AbstractResourceAccessManager;
import org.geoserver.security.CatalogMode;
import org.geoserver.security.DataAccessLimits;
import org.geoserver.security.SecureCatalogImpl;
import org.geoserver.security.WorkspaceAccessLimits;
import org.geoserver.security.decorators.DefaultSecureCatalogFactory;
import org.geoserver.security.decorators.DefaultSecureDataFactory;
import org.geotools.api.filter.Filter;
import org.geotools.api.util.ProgressListener;
import org.geotools.coverage.grid.GridCoverageFactory;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.referencing.CRS;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.core.Authentication;

/**
 * GeoServer's catalog in memory, with a data directory, rights that a test sets, the layers {@code ws:optical} and {@code ws:dem} of 64
 * x 64 pixels, and a model with all products. The left half of the optical layer is landslide.
 */
final class TestServer {
    final Path directory;
    final CatalogImpl catalog = new CatalogImpl();
    final Set<String> hidden = new HashSet<>();
    final Retirement retirement;
    CatalogMode mode = CatalogMode.HIDE;
    boolean administrator = true;
    private final SegmentLayerProcess process;

    TestServer(Path directory, Duration grace) throws Exception {
        this.directory = directory;
        catalog.setResourceLoader(new GeoServerResourceLoader(directory.toFile()));
        GenericApplicationContext context = new GenericApplicationContext();
        context.registerBean(GeoServerResourceLoader.class, catalog::getResourceLoader);
        context.registerBean(CoverageReaderFileConverter.class, () -> new CoverageReaderFileConverter(catalog));
        context.registerBean(DefaultSecureCatalogFactory.class);
        context.registerBean(DefaultSecureDataFactory.class);
        context.refresh();
        new GeoServerExtensions().setApplicationContext(context);
        addWorkspace("ws");
        TinyModel.ATTENTIVE.write(
                Files.createDirectories(directory.resolve("landslide/models")).resolve("attentive.zip"), 64, 16);
        addRaster("optical", BufferedImage.TYPE_3BYTE_BGR, new int[] {250, 7, 7}, new int[] {9, 7, 7});
        addRaster("dem", BufferedImage.TYPE_BYTE_GRAY, new int[] {100}, new int[] {100});
        this.retirement = new Retirement(grace);
        SecureCatalogImpl secured = new SecureCatalogImpl(catalog, rights());
        this.process = new SegmentLayerProcess(
                secured,
                catalog,
                secured,
                new GeoServerDataDirectory(directory.toFile()),
                new GeoServerConfigurationLock(),
                retirement);
    }

    void addWorkspace(String name) {
        WorkspaceInfo workspace = catalog.getFactory().createWorkspace();
        workspace.setName(name);
        catalog.add(workspace);
        NamespaceInfo namespace = catalog.getFactory().createNamespace();
        namespace.setPrefix(name);
        namespace.setURI("http://example.org/" + name);
        catalog.add(namespace);
    }

    /** Adds a layer whose left half has one value and whose right half has another. */
    void addRaster(String name, int type, int[] left, int[] right) throws Exception {
        BufferedImage image = new BufferedImage(64, 64, type);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                image.getRaster().setPixel(x, y, x < 32 ? left : right);
            }
        }
        Path file = directory.resolve(name + ".tif");
        GeoTiffFile.write(
                new GridCoverageFactory()
                        .create(
                                name,
                                image,
                                new ReferencedEnvelope(
                                        600_000, 600_640, 5_200_000, 5_200_640, CRS.decode("EPSG:32632", true))),
                file);
        CatalogBuilder builder = new CatalogBuilder(catalog);
        builder.setWorkspace(catalog.getWorkspaceByName("ws"));
        CoverageStoreInfo store = builder.buildCoverageStore(name);
        store.setType("GeoTIFF");
        store.setURL("file:" + name + ".tif");
        catalog.add(store);
        builder.setStore(store);
        CoverageInfo coverage = builder.buildCoverage();
        coverage.setName(name);
        catalog.add(coverage);
        LayerInfo layer = builder.buildLayer(coverage);
        StyleInfo style = catalog.getStyleByName("raster");
        if (style == null) {
            style = catalog.getFactory().createStyle();
            style.setName("raster");
            style.setFilename("raster.sld");
            catalog.add(style);
        }
        layer.setDefaultStyle(style);
        catalog.add(layer);
    }

    private AbstractResourceAccessManager rights() {
        return new AbstractResourceAccessManager() {
            @Override
            public WorkspaceAccessLimits getAccessLimits(Authentication user, WorkspaceInfo workspace) {
                return new WorkspaceAccessLimits(mode, true, administrator, administrator);
            }

            @Override
            public DataAccessLimits getAccessLimits(Authentication user, LayerInfo layer) {
                return limits(layer.getName());
            }

            @Override
            public DataAccessLimits getAccessLimits(Authentication user, ResourceInfo resource) {
                return limits(resource.getName());
            }

            private DataAccessLimits limits(String name) {
                return new DataAccessLimits(mode, hidden.contains(name) ? Filter.EXCLUDE : Filter.INCLUDE);
            }
        };
    }

    /** Executes the process with the layers of this server. */
    Map<String, Object> segment(String name, String products, boolean replace, ProgressListener listener) {
        return segment("ws:optical", "ws", name, products, null, 0.5, replace, listener);
    }

    Map<String, Object> segment(
            String layer,
            String workspace,
            String name,
            String products,
            String style,
            double threshold,
            boolean replace,
            ProgressListener listener) {
        return process.execute(
                layer,
                "ws:dem",
                "attentive",
                threshold,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                products,
                workspace,
                name,
                style,
                replace,
                listener);
    }

    /** Everything that the process could leave: entries of the catalog with what they say, and files. */
    Set<String> state() throws IOException {
        Set<String> state = new TreeSet<>();
        catalog.getStores(StoreInfo.class)
                .forEach(store -> state.add("store " + store.getName() + " "
                        + (store instanceof CoverageStoreInfo coverage
                                ? coverage.getURL()
                                : store.getConnectionParameters())));
        catalog.getResources(ResourceInfo.class)
                .forEach(resource -> state.add("resource " + resource.getName() + " in "
                        + resource.getStore().getName() + ": " + resource.getAbstract() + resource.getSRS()
                        + resource.getNativeBoundingBox()
                        + resource.getMetadata().get(Entries.PROVENANCE)));
        catalog.getLayers()
                .forEach(layer -> state.add("layer " + layer.prefixedName() + " "
                        + layer.getDefaultStyle().getName()));
        catalog.getStyles().forEach(style -> state.add("style " + style.getName()));
        try (Stream<Path> files = Files.walk(directory)) {
            files.filter(Files::isRegularFile).forEach(file -> state.add("file " + directory.relativize(file)));
        }
        return state;
    }

    List<Path> files(String layer) throws IOException {
        Path folder = directory.resolve("data/landslide/ws").resolve(layer);
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
