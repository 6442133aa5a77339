package org.geolandslide.segmentation.engine;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.Windowing;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.alignment.Nodata;
import org.geolandslide.segmentation.image.ColorModels;
import org.geolandslide.segmentation.image.PointwiseImage;
import org.geolandslide.segmentation.map.LandslideMap;
import org.geolandslide.segmentation.product.LandslideFeatures;
import org.geolandslide.segmentation.product.LandslideInventory;
import org.geolandslide.segmentation.product.MaskImage;
import org.geolandslide.segmentation.product.Provenance;
import org.geolandslide.segmentation.window.Symmetry;
import org.geolandslide.segmentation.window.WindowGrid;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;

/**
 * A segmentation whose products are computed when they are read. Probability, mask, entropy and attention are computed tile
 * by tile; polygons, the report and a mask with a minimum area need the whole raster. All share the predictions that are
 * still in memory.
 */
public final class Segmentation {
    /** Value of pixels without data in the products of floats; GeoTIFF writers drop a declared NaN. */
    public static final double NODATA = -9999;

    private final ModelSession session;
    private final SegmentationRequest request;
    private final AlignedInputs inputs;
    private final WindowPredictions predictions;
    private final double threshold;
    private final BlendedImage probability;
    private final Optional<BlendedImage> attention;
    private final Supplier<LandslideInventory> inventory;

    private Segmentation(ModelSession session, SegmentationRequest request, AlignedInputs inputs, Monitor monitor) {
        this.session = session;
        this.request = request;
        this.inputs = inputs;
        this.threshold = request.threshold().orElse(session.description().threshold());
        List<Symmetry> symmetries = request.augment() ? List.of(Symmetry.values()) : List.of(Symmetry.IDENTITY);
        WindowGrid grid = WindowGrid.over(
                inputs.grid().width(),
                inputs.grid().height(),
                windowing(session.description().windowing(), request));
        this.predictions = new WindowPredictions(session, inputs, grid, symmetries, monitor);
        this.probability = new BlendedImage(predictions, predictions.outputs().indexOf(ModelOutput.PROBABILITY));
        int attended = predictions.outputs().indexOf(ModelOutput.ATTENTION);
        this.attention = attended < 0 ? Optional.empty() : Optional.of(new BlendedImage(predictions, attended));
        this.inventory = new Memoized<>(() -> LandslideInventory.of(
                probability, inputs.grid(), threshold, request.minimumArea(), request.simplification()));
    }

    /**
     * Prepares a segmentation; nothing is computed yet.
     *
     * @throws SegmentationException if the inputs do not fit the model or each other
     */
    public static Segmentation of(ModelSession session, SegmentationRequest request, Monitor monitor) {
        AlignedInputs inputs = AlignedInputs.align(session.description().inputs(), request.inputs(), request.region());
        return new Segmentation(session, request, inputs, monitor);
    }

    private static Windowing windowing(Windowing model, SegmentationRequest request) {
        if (request.overlap().isEmpty()) {
            return model;
        }
        int overlap = request.overlap().getAsInt();
        if (overlap > model.size() / 2) {
            throw new SegmentationException("overlap is " + overlap
                    + " pixels, expected at most half of the model's window, " + model.size() / 2);
        }
        return model.withOverlap(overlap);
    }

    /** Computes what the model says about the whole raster now, if it fits into the memory for tiles. */
    public void computeIfItFits() {
        if (probability.fits()) {
            for (int y = 0; y < probability.getNumYTiles(); y++) {
                for (int x = 0; x < probability.getNumXTiles(); x++) {
                    probability.getTile(x, y);
                    // From the same windows, while they are still there.
                    if (attention.isPresent()) {
                        attention.get().getTile(x, y);
                    }
                }
            }
        }
    }

    /** Probability of landslide, float32 0 to 1, {@link #NODATA} where there is no data. */
    public GridCoverage2D probability() {
        return floats("probability", probability);
    }

    /** Byte: 0 background, 1 landslide, 255 no data; with a palette. */
    public GridCoverage2D mask() {
        Optional<Supplier<LandslideInventory>> dropping =
                request.minimumArea() > 0 ? Optional.of(inventory) : Optional.empty();
        return coverage("mask", new MaskImage(probability, threshold, dropping), ColorModels.NODATA);
    }

    /**
     * Binary entropy of the probability in bits, float32 0 (certain) to 1 (probability one half), {@link #NODATA} where there is
     * no data.
     */
    public GridCoverage2D entropy() {
        return floats("entropy", new PointwiseImage(probability, ColorModels.floats(), Segmentation::entropy));
    }

    private static float entropy(float p) {
        return (float) -(plogp(p) + plogp(1.0 - p));
    }

    private static double plogp(double p) {
        return p == 0 ? 0 : p * Math.log(p) / Math.log(2);
    }

    /**
     * Mean attention of the network, float32 0 to 1, {@link #NODATA} where there is no data; empty if the network has none.
     */
    public Optional<GridCoverage2D> attention() {
        return attention.map(image -> floats("attention", image));
    }

    /** What makes the products, for their files. */
    public Provenance provenance(String product) {
        return new Provenance(product, session.description().name(), session.checksum(), threshold);
    }

    /** Landslides as polygons in the raster's CRS. */
    public LandslideFeatures features() {
        return new LandslideFeatures(inputs.grid().crs(), inventory);
    }

    /** Counts and areas; computes whatever has not been computed yet. */
    public SegmentationReport report() {
        LandslideInventory landslides = inventory.get();
        return new SegmentationReport(
                inputs.grid(),
                landslides,
                predictions.windowsRun(),
                predictions.seconds(),
                session,
                threshold,
                predictions.grid().overlap(),
                request);
    }

    /**
     * Draws a map over the model's first input; computes whatever has not been computed yet.
     *
     * @param title heading
     */
    public BufferedImage map(String title) {
        ModelInput first = session.description().inputs().get(0);
        GridCoverage2D optical = request.inputs().get(first.name());
        if (optical == null) {
            throw new IllegalStateException("the first input was there when it was aligned");
        }
        SegmentationReport report = report();
        List<String> notes = List.of(
                "Model: " + session.description().name(),
                String.format(Locale.ROOT, "Data in %.0f %% of the pixels", 100 * report.validShare()),
                "Minimum area: " + String.format(Locale.ROOT, "%,.0f m²", request.minimumArea()));
        return LandslideMap.draw(optical, first.shownBands(), probability(), features(), threshold, title, notes);
    }

    private GridCoverage2D floats(String name, RenderedImage image) {
        PointwiseImage declared =
                new PointwiseImage(image, ColorModels.floats(), value -> Float.isNaN(value) ? (float) NODATA : value);
        return coverage(name, declared, NODATA);
    }

    private GridCoverage2D coverage(String name, RenderedImage image, double nodata) {
        return new GridCoverageFactory()
                .create(name, image, inputs.grid().geometry(), null, null, Nodata.properties(nodata));
    }

    /** Computes a value once. */
    private static final class Memoized<T> implements Supplier<T> {
        private final Supplier<T> computation;
        private Optional<T> value = Optional.empty();

        Memoized(Supplier<T> computation) {
            this.computation = computation;
        }

        @Override
        public synchronized T get() {
            if (value.isEmpty()) {
                value = Optional.of(computation.get());
            }
            return value.get();
        }
    }
}
