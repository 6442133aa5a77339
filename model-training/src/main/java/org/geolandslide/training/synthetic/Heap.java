package org.geolandslide.training.synthetic;

import java.util.Arrays;

/** A binary heap of cell numbers by ascending key, without an object per entry; ties go by cell number. */
final class Heap {

    private float[] keys;
    private int[] cells;
    private int size;

    Heap(int capacity) {
        keys = new float[Math.max(16, capacity / 8)];
        cells = new int[keys.length];
    }

    boolean isEmpty() {
        return size == 0;
    }

    float leastKey() {
        return keys[0];
    }

    void add(float key, int cell) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            cells = Arrays.copyOf(cells, 2 * size);
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >> 1;
            if (!before(key, cell, parent)) {
                break;
            }
            keys[at] = keys[parent];
            cells[at] = cells[parent];
            at = parent;
        }
        keys[at] = key;
        cells[at] = cell;
    }

    int removeLeast() {
        int least = cells[0];
        size--;
        float key = keys[size];
        int cell = cells[size];
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && before(keys[child + 1], cells[child + 1], child)) {
                child++;
            }
            if (!before(keys[child], cells[child], key, cell)) {
                break;
            }
            keys[at] = keys[child];
            cells[at] = cells[child];
            at = child;
        }
        keys[at] = key;
        cells[at] = cell;
        return least;
    }

    private boolean before(float key, int cell, int entry) {
        return before(key, cell, keys[entry], cells[entry]);
    }

    private static boolean before(float key, int cell, float otherKey, int otherCell) {
        return key < otherKey || (key == otherKey && cell < otherCell);
    }
}
