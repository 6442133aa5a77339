package org.geolandslide.segmentation.image;

import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the values that were used last, up to a number, and gives them up earlier when memory runs short: what can be computed
 * again must not bring a server down. Not for use by several threads.
 *
 * @param <K> type of the keys
 * @param <V> type of the values
 */
public final class RecentlyUsed<K, V> {
    private final Map<K, SoftReference<V>> values;

    /**
     * An empty store.
     *
     * @param most number of values that are kept
     */
    public RecentlyUsed(int most) {
        values = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, SoftReference<V>> eldest) {
                return size() > most;
            }
        };
    }

    /** The value of a key, if it is still there. */
    public Optional<V> get(K key) {
        SoftReference<V> reference = values.get(key);
        return reference == null ? Optional.empty() : Optional.ofNullable(reference.get());
    }

    /** Keeps a value. */
    public void put(K key, V value) {
        values.put(key, new SoftReference<>(value));
    }
}
