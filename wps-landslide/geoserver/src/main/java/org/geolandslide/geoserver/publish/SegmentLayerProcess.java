package org.geolandslide.geoserver.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationReport;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geolandslide.segmentation.process.ListenerMonitor;
import org.geolandslide.segmentation.process.Models;
import org.geolandslide.segmentation.process.Requests;
import org.geolandslide.segmentation.product.Product;
import org.geolandslide.segmentation.publish.Transaction;
import org.geoserver.GeoServerConfigurationLock;
import org.geoserver.catalog.Catalog;
import org.geoserver.config.GeoServerDataDirectory;
import org.geoserver.security.SecureCatalogImpl;
import org.geotools.api.util.ProgressListener;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.process.ProcessException;
import org.geotools.process.factory.DescribeParameter;
import org.geotools.process.factory.DescribeProcess;
import org.geotools.process.factory.DescribeResult;
import org.geotools.process.factory.DescribeResults;
import org.geotools.text.Text;
import org.geotools.util.logging.Logging;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * The process {@code landslide:SegmentLayer}: layers by name in, published layers out. It reads what the caller may read, publishes
 * where the caller is an administrator, and leaves nothing behind if it fails or is dismissed.
 */
@DescribeProcess(
        title = "Segment landslides in layers",
        description =
                "Maps landslides in an optical layer and a layer of elevations with a trained network, and publishes"
                        + " the results as layers.")
public final class SegmentLayerProcess {
    private static final Logger LOGGER = Logging.getLogger(SegmentLayerProcess.class);

    private final SourceLayers sources;
    private final TargetWorkspaces targets;
    private final Styles styles;
    private final LayerPublisher publisher;

    /**
     * The process, as GeoServer's Spring context makes it.
     *
     * @param catalog what the caller may see
     * @param everything the catalog without questions of rights
     * @param secured knows who may do what
     */
    public SegmentLayerProcess(
            Catalog catalog,
            Catalog everything,
            SecureCatalogImpl secured,
            GeoServerDataDirectory dataDirectory,
            GeoServerConfigurationLock lock,
            Retirement retirement) {
        this.sources = new SourceLayers(catalog);
        this.targets = new TargetWorkspaces(everything, secured.getResourceAccessManager());
        this.styles = new Styles(catalog, everything);
        this.publisher = new LayerPublisher(everything, dataDirectory.root().toPath(), lock, retirement, styles);
    }

    /**
     * Segments and publishes.
     *
     * @throws ProcessException naming the input, what was found and what was expected, if anything does not fit
     */
    @DescribeResults({
        @DescribeResult(
                name = "layers",
                description = "Names of the layers with workspace, separated by commas, in the order of the products",
                type = String.class),
        @DescribeResult(name = "report", description = "Counts, areas and provenance as JSON", type = String.class)
    })
    public Map<String, Object> execute(
            @DescribeParameter(
                            name = "layer",
                            description =
                                    "Name of the optical layer, as workspace:layer; its grid is that of the results")
                    String layer,
            @DescribeParameter(
                            name = "demLayer",
                            description =
                                    "Name of a layer with elevations in metres, any CRS and resolution; needed if the"
                                            + " model has an input 'dem'",
                            min = 0)
                    @Nullable
                    String demLayer,
            @DescribeParameter(name = "model", description = "Name of the model; the default model if missing", min = 0)
                    @Nullable
                    String model,
            @DescribeParameter(
                            name = "threshold",
                            description =
                                    "Probability from which a pixel counts as landslide, above 0 and below 1; the model's"
                                            + " own if missing",
                            min = 0,
                            minValue = 0,
                            maxValue = 1)
                    @Nullable
                    Double threshold,
            @DescribeParameter(
                            name = "region",
                            description =
                                    "Polygon outside of which nothing is looked at, in the CRS of the optical layer or"
                                            + " with its own SRID",
                            min = 0)
                    @Nullable
                    Geometry region,
            @DescribeParameter(
                            name = "minArea",
                            description = "Area in square metres below which a landslide is dropped",
                            min = 0,
                            defaultValue = "0",
                            minValue = 0)
                    @Nullable
                    Double minArea,
            @DescribeParameter(
                            name = "simplify",
                            description =
                                    "Length in metres: a corner of a polygon that makes a triangle smaller than its square"
                                            + " goes; along the pixels' edges if missing",
                            min = 0,
                            minValue = 0)
                    @Nullable
                    Double simplify,
            @DescribeParameter(
                            name = "overlap",
                            description = "Pixels that neighbouring windows share; the model's own if missing",
                            min = 0,
                            minValue = 0)
                    @Nullable
                    Integer overlap,
            @DescribeParameter(
                            name = "augment",
                            description =
                                    "Average over the eight symmetries of each window: eight times the work, a little"
                                            + " better",
                            min = 0,
                            defaultValue = "false")
                    @Nullable
                    Boolean augment,
            @DescribeParameter(
                            name = "resample",
                            description =
                                    "Bring the rasters to the ground sample distance that the model was trained with, and"
                                            + " its results back; as the model's package says if missing",
                            min = 0)
                    @Nullable
                    Boolean resample,
            @DescribeParameter(
                            name = "resolution",
                            description =
                                    "Metres: show the model pixels of this size, and bring its results back; instead of"
                                            + " resample",
                            min = 0,
                            minValue = 0)
                    @Nullable
                    Double resolution,
            @DescribeParameter(
                            name = "device",
                            description = "Where the model runs: auto, cpu, cuda or cuda:n",
                            min = 0,
                            defaultValue = "cpu")
                    @Nullable
                    String device,
            @DescribeParameter(
                            name = "products",
                            description =
                                    "What to publish, separated by commas: mask, probability, entropy, attention, polygons",
                            min = 0,
                            defaultValue = "mask")
                    @Nullable
                    String products,
            @DescribeParameter(
                            name = "workspace",
                            description = "Workspace to publish in; the caller must be an administrator of it")
                    String workspace,
            @DescribeParameter(
                            name = "name",
                            description = "Name of the mask's layer; the others' are this, _ and the product, such as"
                                    + " name_probability")
                    String name,
            @DescribeParameter(
                            name = "style",
                            description =
                                    "Names of styles, separated by commas, in the order of the products; the shipped styles"
                                            + " if missing",
                            min = 0)
                    @Nullable
                    String style,
            @DescribeParameter(
                            name = "replace",
                            description =
                                    "Whether layers that this process made under the same names are replaced; an error"
                                            + " otherwise",
                            min = 0,
                            defaultValue = "false")
                    @Nullable
                    Boolean replace,
            @Nullable ProgressListener listener)
            throws ProcessException {
        return Requests.answer(() -> {
            Publication publication = publication(products, workspace, name, style, replace != null && replace);
            ModelSession session = Models.session(model, device);
            requireOutputs(session, publication.products());
            try (Inputs inputs = new Inputs(sources, layer, demLayer)) {
                publisher.check(publication);
                boolean attention = publication.products().contains(Product.ATTENTION);
                SegmentationRequest request = Requests.segmentation(
                        inputs.coverages(),
                        threshold,
                        region,
                        minArea,
                        overlap,
                        augment,
                        resample,
                        resolution,
                        attention,
                        simplify);
                Segmentation segmentation = Segmentation.of(session, request, ListenerMonitor.of(listener));
                try {
                    return publish(segmentation, publication, inputs, announcing(listener));
                } finally {
                    segmentation.stop();
                }
            } catch (IOException e) {
                // Without the cause, whose message is the same: GeoServer shows both.
                LOGGER.log(Level.WARNING, "the layers cannot be published", e);
                throw new ProcessException("the layers cannot be published: " + e);
            }
        });
    }

    private Publication publication(
            @Nullable String products, String workspace, String name, @Nullable String style, boolean replace) {
        List<Product> wanted = Product.parseList(products == null ? Product.MASK.id() : products);
        var target = targets.administered(workspace);
        return new Publication(target, name, wanted, styles.named(style, wanted, target), replace);
    }

    private static void requireOutputs(ModelSession session, List<Product> products) {
        if (products.contains(Product.ATTENTION) && !session.description().hasOutput(ModelOutput.ATTENTION)) {
            throw new SegmentationException("products asks for the attention of the model '"
                    + session.description().name() + "', which has none; expected a model with an output '"
                    + ModelOutput.ATTENTION + "'");
        }
    }

    private Map<String, Object> publish(
            Segmentation segmentation, Publication publication, Inputs inputs, Consumer<String> announcing)
            throws IOException {
        try (Transaction transaction = new Transaction(announcing)) {
            Path folder = publisher.files(publication).unfinished(transaction);
            Map<Product, Path> finished = new LinkedHashMap<>();
            // The report and the polygons share a reading.
            segmentation.announceWholeRead(1 + publication.products().size());
            for (Product product : publication.products()) {
                finished.put(product, write(segmentation, product, publication.layer(product), folder, transaction));
            }
            SegmentationReport made = segmentation.report();
            ObjectNode report = made.toJson();
            report.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            ObjectNode layers = report.putObject("layers");
            ObjectNode names = layers.putObject("inputs");
            inputs.names().forEach(names::put);
            ArrayNode results = layers.putArray("results");
            publication.products().stream().map(publication::prefixed).forEach(results::add);
            ReferencedEnvelope extent =
                    ReferencedEnvelope.reference(made.grid().geometry().getEnvelope());
            publisher.publish(publication, finished, report, inputs.optical(), extent, transaction);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put(
                    "layers",
                    publication.products().stream().map(publication::prefixed).collect(Collectors.joining(",")));
            answer.put("report", report.toPrettyString());
            return answer;
        }
    }

    private static Path write(
            Segmentation segmentation, Product product, String name, Path folder, Transaction transaction)
            throws IOException {
        Path file = folder.resolve(name + (product.isRaster() ? ".tif" : ".gpkg"));
        transaction.step(
                "write the " + product.id(),
                () -> {
                    if (product.isRaster()) {
                        GridCoverage2D raster = segmentation
                                .raster(product)
                                .orElseThrow(() -> new IOException("the network gave no " + product.id()));
                        GeoTiffFile.write(raster, file, segmentation.provenance(product.id()));
                    } else {
                        GeoPackages.write(segmentation.features(), file, name);
                    }
                },
                () -> Files.deleteIfExists(file));
        return file;
    }

    /** Tells the client what is being done, and ends the work if the client does not want it any more. */
    private static Consumer<String> announcing(@Nullable ProgressListener listener) {
        return step -> Optional.ofNullable(listener).ifPresent(present -> {
            if (present.isCanceled()) {
                throw new CancellationException("cancelled, by the client or by a time limit of the server, before: "
                        + step + "; nothing was published");
            }
            // GeoServer's listener throws here, too, when the client has dismissed the job.
            present.setTask(Text.text(step));
        });
    }
}
