package org.geolandslide.segmentation.engine;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.geolandslide.segmentation.window.WindowGrid.Window;
import org.jspecify.annotations.Nullable;

/**
 * The predictions for the windows that tiles still need. Its arrays are used again, so that a long run allocates no more than a short one.
 * Not for use by several threads.
 */
final class WindowStore {
    private final int capacity;
    private final int outputs;
    private final int pixels;
    private final Map<Window, float[][]> values = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<Window> pinned = new HashSet<>();
    private final Deque<float[][]> spare = new ArrayDeque<>();

    /** Predictions of a window none of whose pixels takes part. */
    private static final float[][] NOTHING = {};

    /**
     * A store.
     *
     * @param capacity windows that are kept while they are not pinned
     * @param outputs arrays of a window
     * @param pixels values of an array
     */
    WindowStore(int capacity, int outputs, int pixels) {
        this.capacity = capacity;
        this.outputs = outputs;
        this.pixels = pixels;
    }

    boolean contains(Window window) {
        return values.containsKey(window);
    }

    /** Values of a window per output; empty if none of its pixels takes part. */
    float[][] get(Window window) {
        float[][] present = values.get(window);
        if (present == null) {
            throw new IllegalStateException("the prediction of " + window + " is not there");
        }
        return present;
    }

    /** Arrays to be filled and put; what they hold is of no meaning. */
    float[][] fresh() {
        float[][] arrays = spare.poll();
        return arrays == null ? new float[outputs][pixels] : arrays;
    }

    void put(Window window, float[][] arrays) {
        recycle(values.put(window, arrays));
        if (values.size() > capacity) {
            evict();
        }
    }

    void putNothing(Window window) {
        put(window, NOTHING);
    }

    /** Windows that must stay until they are unpinned. */
    void pin(Collection<Window> windows) {
        pinned.addAll(windows);
    }

    void unpin() {
        pinned.clear();
    }

    /** Forgets a window that is not needed any more. */
    void remove(Window window) {
        recycle(values.remove(window));
    }

    private void evict() {
        Iterator<Map.Entry<Window, float[][]>> oldest = values.entrySet().iterator();
        while (values.size() > capacity && oldest.hasNext()) {
            Map.Entry<Window, float[][]> entry = oldest.next();
            if (!pinned.contains(entry.getKey())) {
                recycle(entry.getValue());
                oldest.remove();
            }
        }
    }

    private void recycle(float @Nullable [][] arrays) {
        if (arrays != null && arrays.length > 0 && spare.size() < capacity) {
            spare.push(arrays);
        }
    }
}
