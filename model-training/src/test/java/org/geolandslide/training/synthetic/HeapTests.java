package org.geolandslide.training.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeapTests {

    @Test
    void cellsComeOutByKeyAndEqualKeysByNumber() {
        SplittableRandom random = new SplittableRandom(1);
        Heap heap = new Heap(10);
        float[] keys = new float[1000];
        for (int cell = 0; cell < keys.length; cell++) {
            keys[cell] = random.nextInt(50);
            heap.add(keys[cell], cell);
        }
        int last = -1;
        int count = 0;
        while (!heap.isEmpty()) {
            float key = heap.leastKey();
            int cell = heap.removeLeast();
            assertThat(keys[cell]).isEqualTo(key);
            if (last >= 0) {
                assertThat(key > keys[last] || (key == keys[last] && cell > last))
                        .isTrue();
            }
            last = cell;
            count++;
        }
        assertThat(count).isEqualTo(keys.length);
    }
}
