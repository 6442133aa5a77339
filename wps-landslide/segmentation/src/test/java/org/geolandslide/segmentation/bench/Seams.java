package org.geolandslide.segmentation.bench;

import java.awt.Rectangle;
import java.awt.image.RenderedImage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.engine.ModelSession;
import org.geolandslide.segmentation.engine.Monitor;
import org.geolandslide.segmentation.engine.Resolution;
import org.geolandslide.segmentation.engine.Segmentation;
import org.geolandslide.segmentation.engine.SegmentationRequest;
import org.geolandslide.segmentation.image.FloatSamples;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridCoverageFactory;

/**
 * The same scene in two window grids, one moved by half a stride on both axes: how much do the probabilities differ, and do they differ more
 * along a line than elsewhere? Pixels within a window of the raster's edge are left out, for they are reflected at other places.
 *
 * @param pixels pixels that were compared
 * @param meanDifference mean of the absolute differences of probability
 * @param largestRow largest mean over a row
 * @param largestColumn largest mean over a column
 * @param stepAtWindowEdges mean step of probability between neighbouring columns where windows of the first grid begin or end
 * @param stepElsewhere the same between all columns
 */
record Seams(
        long pixels,
        double meanDifference,
        double largestRow,
        double largestColumn,
        double stepAtWindowEdges,
        double stepElsewhere) {

    /** Measures. */
    static Seams of(
            ModelSession session,
            Map<String, GridCoverage2D> coverages,
            OptionalInt overlap,
            boolean augment,
            Monitor monitor) {
        GridCoverage2D first =
                coverages.get(session.description().inputs().get(0).name());
        if (first == null) {
            throw new IllegalArgumentException("the model's first input is missing; there are " + coverages.keySet());
        }
        RasterGrid grid = RasterGrid.of(first);
        int size = session.description().windowing().size();
        int shared = overlap.orElse(session.description().windowing().overlap());
        // Half a window would be a whole stride, and no other grid, where windows overlap by half.
        int half = (size - shared) / 2;
        Rectangle moved = new Rectangle(half, half, grid.width() - half, grid.height() - half);
        Map<String, GridCoverage2D> cut = new HashMap<>(coverages);
        // Inputs beside the first one are aligned to it and need no cutting.
        cut.put(
                session.description().inputs().get(0).name(),
                new GridCoverageFactory()
                        .create(
                                "part",
                                new PartImage(first.getRenderedImage(), moved),
                                grid.part(moved).geometry(),
                                first.getSampleDimensions(),
                                null,
                                first.getProperties()));
        RenderedImage one = Segmentation.of(session, request(coverages, overlap, augment), monitor)
                .probability()
                .getRenderedImage();
        RenderedImage other = Segmentation.of(session, request(cut, overlap, augment), monitor)
                .probability()
                .getRenderedImage();
        if (other.getWidth() != moved.width || other.getHeight() != moved.height) {
            throw new IllegalStateException("the cut raster has " + other.getWidth() + " x " + other.getHeight()
                    + " pixels, expected " + moved.width + " x " + moved.height);
        }
        Rectangle inner = new Rectangle(
                half + size, half + size, grid.width() - half - 2 * size, grid.height() - half - 2 * size);
        if (inner.isEmpty()) {
            throw new IllegalArgumentException("the raster of " + grid.width() + " x " + grid.height()
                    + " pixels is too small for windows of " + size);
        }
        float[] a = FloatSamples.of(one, inner);
        Rectangle innerOfOther = new Rectangle(inner.x - half, inner.y - half, inner.width, inner.height);
        float[] b = FloatSamples.of(other, innerOfOther);
        int stride = size - shared;
        int margin = shared / 2;
        return compare(a, b, inner, size, stride, margin);
    }

    private static SegmentationRequest request(
            Map<String, GridCoverage2D> coverages, OptionalInt overlap, boolean augment) {
        return new SegmentationRequest(
                coverages,
                OptionalDouble.empty(),
                Optional.empty(),
                0,
                overlap,
                augment,
                new Resolution.OfRaster(),
                true,
                OptionalDouble.empty());
    }

    private static Seams compare(float[] a, float[] b, Rectangle inner, int size, int stride, int margin) {
        Tally all = new Tally();
        Tally[] rows = tallies(inner.height);
        Tally[] columns = tallies(inner.width);
        Tally steps = new Tally();
        Tally stepsAtEdges = new Tally();
        for (int y = 0; y < inner.height; y++) {
            for (int x = 0; x < inner.width; x++) {
                int i = y * inner.width + x;
                boolean valid = a[i] >= 0 && b[i] >= 0;
                if (!valid) {
                    continue;
                }
                double difference = Math.abs(a[i] - b[i]);
                all.add(difference);
                rows[y].add(difference);
                columns[x].add(difference);
                if (x > 0 && a[i - 1] >= 0) {
                    double step = Math.abs(a[i] - a[i - 1]);
                    steps.add(step);
                    int fromStart = Math.floorMod(inner.x + x + margin, stride);
                    boolean edge = fromStart == 0 || fromStart == Math.floorMod(size, stride);
                    if (edge) {
                        stepsAtEdges.add(step);
                    }
                }
            }
        }
        return new Seams(
                all.count,
                all.mean().orElse(0),
                largest(rows),
                largest(columns),
                stepsAtEdges.mean().orElse(0),
                steps.mean().orElse(0));
    }

    private static Tally[] tallies(int count) {
        Tally[] tallies = new Tally[count];
        for (int i = 0; i < count; i++) {
            tallies[i] = new Tally();
        }
        return tallies;
    }

    /** Of rows or columns with a hundred pixels and more: a mean over a few says nothing of a line. */
    private static double largest(Tally[] tallies) {
        double largest = 0;
        for (Tally tally : tallies) {
            if (tally.count >= 100) {
                largest = Math.max(largest, tally.mean().orElse(0));
            }
        }
        return largest;
    }

    private static final class Tally {
        private long count;
        private double sum;

        void add(double value) {
            count++;
            sum += value;
        }

        OptionalDouble mean() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }
    }
}
