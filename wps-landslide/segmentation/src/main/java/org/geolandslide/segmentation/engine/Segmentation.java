package org.geolandslide.segmentation.engine;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.model.Windowing;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.alignment.Nodata;
import org.geolandslide.segmentation.alignment.PixelSize;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.image.ColorModels;
import org.geolandslide.segmentation.image.PointwiseImage;
import org.geolandslide.segmentation.image.Precision;
import org.geolandslide.segmentation.image.ResampledImage;
import org.geolandslide.segmentation.map.LandslideMap;
import org.geolandslide.segmentation.product.LandslideFeatures;
import org.geolandslide.segmentation.product.LandslideInventory;
import org.geolandslide.segmentation.product.MaskImage;
import org.geolandslide.segmentation.product.Product;
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
    private final AlignedInputs working;
    private final WindowPredictions predictions;
    private final double threshold;
    private final Blending blending;
    private final RenderedImage probability;
    private final Optional<RenderedImage> attention;
    private final Supplier<LandslideInventory> inventory;

    /**
     * Prepares a segmentation.
     *
     * @param inputs the inputs on the grid of the results
     * @param working the inputs as the model sees them: the same, or with pixels of another size
     */
    private Segmentation(
            ModelSession session,
            SegmentationRequest request,
            AlignedInputs inputs,
            AlignedInputs working,
            Monitor monitor) {
        this.session = session;
        this.request = request;
        this.inputs = inputs;
        this.working = working;
        this.threshold = request.threshold().orElse(session.description().threshold());
        List<Symmetry> symmetries = request.augment() ? List.of(Symmetry.values()) : List.of(Symmetry.IDENTITY);
        WindowGrid grid = WindowGrid.over(
                working.grid().width(),
                working.grid().height(),
                windowing(session.description().windowing(), request));
        this.predictions = new WindowPredictions(session, working, grid, symmetries, request.attention(), monitor);
        this.blending = new Blending(predictions, session.settings());
        this.probability = broughtBack(blending.image(predictions.outputs().indexOf(ModelOutput.PROBABILITY)));
        int attended = predictions.outputs().indexOf(ModelOutput.ATTENTION);
        this.attention = attended < 0 ? Optional.empty() : Optional.of(broughtBack(blending.image(attended)));
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
        session.requireSize(inputs.grid());
        AlignedInputs working = working(session, request, inputs);
        session.requireSize(working.grid());
        session.gate().requireRoom();
        return new Segmentation(session, request, inputs, working, monitor);
    }

    /** The inputs with pixels of the size that the model shall see, if they have others. */
    private static AlignedInputs working(ModelSession session, SegmentationRequest request, AlignedInputs inputs) {
        OptionalDouble metres = request.resolution().metresFor(session.description());
        if (metres.isEmpty()) {
            return inputs;
        }
        RasterGrid grid = inputs.grid().withPixels(metres.getAsDouble());
        return grid.equals(inputs.grid())
                ? inputs
                : AlignedInputs.alignTo(grid, session.description().inputs(), request.inputs(), request.region());
    }

    private boolean isResampled() {
        return !working.grid().equals(inputs.grid());
    }

    /** What the model says, on the grid of the results. */
    private RenderedImage broughtBack(RenderedImage image) {
        return isResampled()
                ? new ResampledImage(
                        image,
                        inputs.grid().width(),
                        inputs.grid().height(),
                        inputs.grid().to(working.grid()),
                        inputs::participating)
                : image;
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
        if (blending.fits()) {
            blending.announceWholeRead(true);
            BlendedImage image = blending.image(0);
            for (int y = 0; y < image.getNumYTiles(); y++) {
                for (int x = 0; x < image.getNumXTiles(); x++) {
                    image.getTile(x, y);
                }
            }
        }
    }

    /**
     * Says that the whole raster is going to be read row by row, as writers of files do: windows are made ahead then from the first
     * tile.
     *
     * @param times how often; if once, nothing is kept for another time
     */
    public void announceWholeRead(int times) {
        blending.announceWholeRead(times > 1);
    }

    /** Windows that went through the model so far, those twice that were asked for again after they had been dropped. */
    public long windowsRun() {
        return predictions.windowsRun();
    }

    /** Windows that run together. */
    public int batch() {
        return predictions.batch();
    }

    /**
     * Stops what is still being computed ahead. After this no thread reads the inputs until pixels are asked for again; call it
     * before the inputs are closed.
     */
    public void stop() {
        predictions.stop();
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
        return Precision.rounded((float) -(plogp(p) + plogp(1.0 - p)));
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

    /**
     * A product that is a raster; empty if the network has no attention.
     *
     * @throws IllegalArgumentException if it is none
     */
    public Optional<GridCoverage2D> raster(Product product) {
        return switch (product) {
            case MASK -> Optional.of(mask());
            case PROBABILITY -> Optional.of(probability());
            case ENTROPY -> Optional.of(entropy());
            case ATTENTION -> attention();
            case POLYGONS -> throw new IllegalArgumentException("polygons are no raster");
        };
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
                isResampled() ? Optional.of(PixelSize.of(working.grid())) : Optional.empty(),
                landslides,
                predictions.windowsRun(),
                predictions.seconds(),
                session,
                threshold,
                predictions.grid().overlap(),
                predictions.batch(),
                request);
    }

    /**
     * Draws a map over the model's first input; computes whatever has not been computed yet.
     *
     * @param title heading
     */
    public BufferedImage map(String title) {
        ModelInput first = session.description().inputs().get(0);
        SegmentationReport report = report();
        List<String> notes = List.of(
                "Model: " + session.description().name(),
                String.format(Locale.ROOT, "Data in %.0f %% of the pixels", 100 * report.validShare()),
                "Minimum area: " + String.format(Locale.ROOT, "%,.0f m²", request.minimumArea()));
        return LandslideMap.draw(
                inputs.picture(), first.shownBands(), probability(), features(), threshold, title, notes);
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
