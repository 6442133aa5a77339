package org.geolandslide.segmentation.product;

import java.awt.Rectangle;
import java.awt.image.RenderedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.geolandslide.segmentation.image.FloatSamples;

/**
 * Finds connected components (over pixel edges) in one pass over an image, tile row by tile row. Memory follows the runs of
 * the components that the current row touches, not the size of the raster.
 */
final class ComponentFinder {
    private final RenderedImage probability;
    private final double threshold;
    private final Consumer<Component> finished;
    private List<Run> previousRuns = List.of();
    private List<Component> previousComponents = List.of();
    private long valid;
    private long landslide;

    /**
     * A finder.
     *
     * @param probability one band, first pixel (0, 0), NaN where there is no data
     * @param threshold least probability of a landslide pixel
     * @param finished is given every component once it is whole
     */
    ComponentFinder(RenderedImage probability, double threshold, Consumer<Component> finished) {
        this.probability = probability;
        this.threshold = threshold;
        this.finished = finished;
    }

    /** Reads the image. */
    void run() {
        int height = probability.getHeight();
        for (int top = 0; top < height; top += probability.getTileHeight()) {
            List<List<Run>> rows = readTileRow(top, Math.min(probability.getTileHeight(), height - top));
            for (List<Run> runs : rows) {
                advance(runs);
            }
        }
        advance(List.of());
    }

    private List<List<Run>> readTileRow(int top, int rows) {
        List<List<Run>> runs = new ArrayList<>();
        for (int y = 0; y < rows; y++) {
            runs.add(new ArrayList<>());
        }
        int width = probability.getWidth();
        for (int left = 0; left < width; left += probability.getTileWidth()) {
            Rectangle tile = new Rectangle(left, top, Math.min(probability.getTileWidth(), width - left), rows);
            float[] values = FloatSamples.of(probability, tile);
            for (int y = 0; y < rows; y++) {
                readRow(values, y * tile.width, tile.width, left, top + y, runs.get(y));
            }
        }
        return runs;
    }

    private void readRow(float[] values, int first, int width, int left, int y, List<Run> runs) {
        int x = 0;
        while (x < width) {
            if (!(values[first + x] >= threshold)) {
                valid += Float.isNaN(values[first + x]) ? 0 : 1;
                x++;
                continue;
            }
            int start = x;
            double sum = 0;
            float maximum = 0;
            while (x < width && values[first + x] >= threshold) {
                sum += values[first + x];
                maximum = Math.max(maximum, values[first + x]);
                x++;
            }
            valid += x - start;
            landslide += x - start;
            append(runs, new Run(y, left + start, left + x, sum, maximum));
        }
    }

    private static void append(List<Run> runs, Run run) {
        int last = runs.size() - 1;
        if (last >= 0 && runs.get(last).end() == run.start()) {
            runs.set(last, runs.get(last).joined(run));
        } else {
            runs.add(run);
        }
    }

    /** Joins the runs of a row to the components of the row above, and hands on those that end there. */
    private void advance(List<Run> runs) {
        List<Component> components = new ArrayList<>();
        int above = 0;
        for (Run run : runs) {
            Component component = new Component();
            component.add(run);
            while (above < previousRuns.size() && previousRuns.get(above).end() <= run.start()) {
                above++;
            }
            for (int i = above; i < previousRuns.size() && previousRuns.get(i).touches(run); i++) {
                component = Component.merge(component, previousComponents.get(i).root());
            }
            components.add(component);
        }
        Set<Component> living = Collections.newSetFromMap(new IdentityHashMap<>());
        components.forEach(component -> living.add(component.root()));
        Set<Component> ended = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Component component : previousComponents) {
            Component root = component.root();
            if (!living.contains(root) && ended.add(root)) {
                finished.accept(root);
            }
        }
        previousRuns = runs;
        previousComponents = components;
    }

    /** Pixels with data. */
    long valid() {
        return valid;
    }

    /** Pixels at or above the threshold. */
    long landslide() {
        return landslide;
    }
}
