package org.geolandslide.segmentation.engine;

import java.awt.Point;
import java.awt.Rectangle;
import java.nio.FloatBuffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.geolandslide.model.ModelDescription;
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
    /** Cells that are kept in memory; more would be cells of a few pixels. */
    private static final long MOST_CELLS = 5_000_000;

    private final ModelSession session;
    private final DetectionRequest request;
    private final AlignedInputs inputs;
    private final DetectionGrid grid;
    private final Monitor monitor;
    private final WindowReader reader;
    private final Iterator<Look> looks;

    /** What is known of the cells with data, by their windows' column and row; guarded by itself. */
    private final Map<Point, Tally> tallies = new LinkedHashMap<>();

    private final AtomicLong done = new AtomicLong();
    private final AtomicLong run = new AtomicLong();
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
        this.looks = LongStream.range(0, grid.cells())
                .boxed()
                .flatMap(cell -> grid.looks((int) (cell % grid.columns()), (int) (cell / grid.columns())).stream())
                .iterator();
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
        List<String> outputs = List.of(ModelOutput.DETECTION);
        int batch = session.batchFor(grid.window(), grid.windows(), outputs);
        Lanes.run(session, new BatchBuffers.Shape(batch, grid.window(), outputs), this::fill, this::predict);
        monitor.windows(grid.windows(), grid.windows());
    }

    private void fill(BatchBuffers buffers) {
        monitor.windows(done.get(), grid.windows());
        while (!buffers.isFull() && looks.hasNext()) {
            Look look = looks.next();
            Window window = look.window();
            boolean read = reader.read(window, buffers.inputs(), buffers.nextParticipating());
            long valid = read ? valid(buffers.nextParticipating(), look) : 0;
            if (valid > 0) {
                synchronized (tallies) {
                    tallies.computeIfAbsent(cellOf(window), cell -> new Tally(window.column(), window.row())).valid +=
                            valid;
                }
                buffers.add(window);
            } else {
                // The window may have data around the cell, and then it has been put.
                buffers.dropUnadded();
                monitor.windows(done.incrementAndGet(), grid.windows());
            }
        }
    }

    private static Point cellOf(Window window) {
        return new Point(window.column(), window.row());
    }

    private long valid(boolean[] participating, Look look) {
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

    private void predict(BatchBuffers buffers) {
        int count = buffers.windows().size();
        session.run(buffers, buffers.inputs(), count);
        FloatBuffer probabilities = buffers.output(ModelOutput.DETECTION);
        synchronized (tallies) {
            for (int i = 0; i < count; i++) {
                Tally tally = tallies.get(cellOf(buffers.windows().get(i)));
                if (tally != null) {
                    tally.probability = Math.max(tally.probability, probabilities.get(i));
                }
            }
        }
        run.addAndGet(count);
        done.addAndGet(count);
    }

    /** The cells with data, row by row. */
    public List<DetectedCell> cells() {
        synchronized (tallies) {
            return tallies.values().stream().map(this::cell).toList();
        }
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
        List<DetectedCell> cells = cells();
        long positive = cells.stream().filter(DetectedCell::landslide).count();
        return new DetectionReport(
                grid.cells(),
                cells.size(),
                positive,
                run.get(),
                seconds,
                session,
                threshold(),
                grid.cellWidth(),
                grid.cellHeight(),
                request);
    }
}
