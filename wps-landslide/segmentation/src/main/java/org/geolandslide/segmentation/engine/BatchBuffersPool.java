package org.geolandslide.segmentation.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.geolandslide.model.ModelInput;

/**
 * Buffers that were used and will be used again: native memory is freed by the garbage collector only, which does not see that it runs
 * short.
 */
final class BatchBuffersPool {
    private final List<ModelInput> inputs;
    private final int most;
    private final Deque<BatchBuffers> spare = new ArrayDeque<>();

    /**
     * A pool.
     *
     * @param most buffers that are kept while nobody uses them
     */
    BatchBuffersPool(List<ModelInput> inputs, int most) {
        this.inputs = List.copyOf(inputs);
        this.most = most;
    }

    /** Buffers in use; closing gives them back. */
    record Loan(BatchBuffersPool pool, BatchBuffers buffers) implements AutoCloseable {
        @Override
        public void close() {
            pool.giveBack(buffers);
        }
    }

    Loan borrow(BatchBuffers.Shape shape) {
        synchronized (spare) {
            for (BatchBuffers buffers : spare) {
                if (buffers.shape().equals(shape)) {
                    spare.remove(buffers);
                    return new Loan(this, buffers);
                }
            }
        }
        return new Loan(this, new BatchBuffers(shape, inputs));
    }

    private void giveBack(BatchBuffers buffers) {
        synchronized (spare) {
            spare.addFirst(buffers);
            if (spare.size() > most) {
                spare.removeLast();
            }
        }
    }
}
