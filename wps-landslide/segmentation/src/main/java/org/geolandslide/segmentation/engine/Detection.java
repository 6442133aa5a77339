package org.geolandslide.segmentation.engine;

import java.awt.Rectangle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelOutput;
import org.geolandslide.segmentation.SegmentationException;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.alignment.PixelSize;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.engine.DetectionGrid.Look;
import org.geolandslide.segmentation.product.CellFeatures;
import org.geolandslide.segmentation.product.DetectedCell;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/**
 * Runs a model's detection head over a grid of cells: for each cell with data, the probability that it holds any landslide. A cell
 * that is larger than a window has the largest probability of its windows.
 */
public final class Detection {
    /** Windows that run together. */
    private static final int BATCH = 4;

    /** Cells that are kept in memory; more would be cells of a few pixels. */
    private static final long MOST_CELLS = 5_000_000;

    private final ModelSession session;
    private final DetectionRequest request;
    private final AlignedInputs inputs;
    private final DetectionGrid grid;
    private final Monitor monitor;
    private final WindowReader reader;
    private final Map<String, FloatBuffer> buffers = new LinkedHashMap<>();
    private final List<Tally> tallies = new ArrayList<>();
    private final List<Tally> batch = new ArrayList<>();
    private long done;
    private long run;
    private double seconds;

    /** What is known of a cell with data. */
    private static final class Tally {
        private final int column;
        private final int row;
        private long valid;
        private double probability;

        Tally(int column, int row) {
            this.column = column;
            this.row = row;
        }
    }

    private Detection(ModelSession session, DetectionRequest request, Monitor monitor) {
        this.session = session;
        this.request = request;
        this.inputs = AlignedInputs.align(session.description().inputs(), request.inputs(), Optional.empty());
        this.grid = grid(inputs.grid(), session.description(), request);
        this.monitor = monitor;
        this.reader = new WindowReader(inputs, grid.window());
        for (ModelInput input : session.description().inputs()) {
            int values = Math.multiplyExact(BATCH * input.bands().size(), grid.window() * grid.window());
            buffers.put(
                    input.name(),
                    ByteBuffer.allocateDirect(Math.multiplyExact(values, Float.BYTES))
                            .order(ByteOrder.nativeOrder())
                            .asFloatBuffer());
        }
    }

    /**
     * Judges all cells.
     *
     * @param monitor is told how many windows are done, and can stop the work between two batches
     * @throws SegmentationException if the model has no output {@link ModelOutput#DETECTION}, the inputs do not fit the model or each
     *     other, or a cell would be smaller than a pixel
     */
    public static Detection run(ModelSession session, DetectionRequest request, Monitor monitor) {
        ModelDescription model = session.description();
        if (!model.hasOutput(ModelOutput.DETECTION)) {
            throw new SegmentationException("model '" + model.name() + "' has no output '" + ModelOutput.DETECTION
                    + "'; it has "
                    + model.outputs().stream().map(ModelOutput::name).toList()
                    + ". Expected a network with a detection head");
        }
        Detection detection = new Detection(session, request, monitor);
        session.requireSize(detection.inputs.grid());
        long start = System.nanoTime();
        session.gate().enter(false);
        try {
            detection.judge();
        } finally {
            session.gate().leave();
        }
        detection.seconds = (System.nanoTime() - start) / 1e9;
        return detection;
    }

    private static DetectionGrid grid(RasterGrid raster, ModelDescription model, DetectionRequest request) {
        int window = model.windowing().size();
        int width = window;
        int height = window;
        if (request.cell().isPresent()) {
            double cell = request.cell().getAsDouble();
            PixelSize pixel = PixelSize.of(raster);
            width = pixels(cell, pixel.width(), raster.width(), pixel);
            height = pixels(cell, pixel.height(), raster.height(), pixel);
        }
        DetectionGrid grid = new DetectionGrid(raster.width(), raster.height(), width, height, window);
        if (grid.cells() > MOST_CELLS) {
            throw new SegmentationException(String.format(
                    Locale.ROOT,
                    "the raster of %d x %d pixels has %d cells of %d x %d pixels, expected at most %d; take larger cells",
                    raster.width(),
                    raster.height(),
                    grid.cells(),
                    width,
                    height,
                    MOST_CELLS));
        }
        return grid;
    }

    private static int pixels(double cell, double metresPerPixel, int most, PixelSize pixel) {
        long count = Math.round(cell / metresPerPixel);
        if (count < 1) {
            throw new SegmentationException(String.format(
                    Locale.ROOT,
                    "cell is %s m, expected at least the size of a pixel, %.3f x %.3f m",
                    cell,
                    pixel.width(),
                    pixel.height()));
        }
        return (int) Math.min(count, most);
    }

    private void judge() {
        for (int row = 0; row < grid.rows(); row++) {
            for (int column = 0; column < grid.columns(); column++) {
                Tally tally = new Tally(column, row);
                for (Look look : grid.looks(column, row)) {
                    add(look, tally);
                }
                if (tally.valid > 0) {
                    tallies.add(tally);
                }
            }
        }
        runBatch();
    }

    private void add(Look look, Tally tally) {
        long valid = valid(reader.read(look.window(), buffers), look);
        if (valid == 0) {
            // The window may have data around the cell, and then it has been read.
            buffers.values().forEach(buffer -> buffer.position(buffer.capacity() / BATCH * batch.size()));
            skip();
            return;
        }
        tally.valid += valid;
        batch.add(tally);
        if (batch.size() == BATCH) {
            runBatch();
        }
    }

    /** Reports now and then: where there is no data, no batch fills. */
    private void skip() {
        done++;
        if (done % BATCH == 0) {
            monitor.windows(done, grid.windows());
        }
    }

    private long valid(boolean[] participating, Look look) {
        if (participating.length == 0) {
            return 0;
        }
        Window window = look.window();
        Rectangle share = look.share();
        long valid = 0;
        for (int y = share.y - window.y(); y < share.y - window.y() + share.height; y++) {
            for (int x = share.x - window.x(); x < share.x - window.x() + share.width; x++) {
                valid += participating[y * grid.window() + x] ? 1 : 0;
            }
        }
        return valid;
    }

    private void runBatch() {
        if (!batch.isEmpty()) {
            try {
                session.gate().pass(this::predict);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (CancellationException) new CancellationException("the detection was interrupted").initCause(e);
            }
            run += batch.size();
            done += batch.size();
            buffers.values().forEach(FloatBuffer::clear);
            batch.clear();
        }
        monitor.windows(done, grid.windows());
    }

    private void predict() {
        session.run(
                buffers, batch.size(), grid.window(), grid.window(), List.of(ModelOutput.DETECTION), (name, values) -> {
                    for (int i = 0; i < batch.size(); i++) {
                        Tally tally = batch.get(i);
                        tally.probability = Math.max(tally.probability, values.get(i));
                    }
                });
    }

    /** The cells with data, row by row. */
    public List<DetectedCell> cells() {
        return tallies.stream().map(this::cell).toList();
    }

    private DetectedCell cell(Tally tally) {
        Rectangle pixels = grid.pixels(tally.column, tally.row);
        return new DetectedCell(
                tally.column,
                tally.row,
                pixels,
                tally.probability,
                tally.probability >= threshold(),
                (double) tally.valid / ((long) pixels.width * pixels.height));
    }

    private double threshold() {
        return request.threshold().orElse(DetectionRequest.THRESHOLD);
    }

    /** The cells with data as polygons in the raster's CRS. */
    public CellFeatures features() {
        return new CellFeatures(inputs.grid(), cells());
    }

    /** The cells at or above the threshold as polygons in the raster's CRS. */
    public CellFeatures positiveFeatures() {
        return new CellFeatures(
                inputs.grid(), cells().stream().filter(DetectedCell::landslide).toList());
    }

    /** Counts and provenance. */
    public DetectionReport report() {
        long positive = cells().stream().filter(DetectedCell::landslide).count();
        return new DetectionReport(
                grid.cells(),
                tallies.size(),
                positive,
                run,
                seconds,
                session,
                threshold(),
                grid.cellWidth(),
                grid.cellHeight(),
                request);
    }
}
