package org.geolandslide.training.runtime;

/**
 * Where a network is trained. It is the machine's and not the training's: a run may begin on one device and go on on another.
 */
public sealed interface TrainingDevice {

    /** The processor. */
    record Cpu() implements TrainingDevice {
        @Override
        public String toString() {
            return "cpu";
        }
    }

    /**
     * An NVIDIA GPU.
     *
     * @param index which one, from 0
     */
    record Cuda(int index) implements TrainingDevice {
        public Cuda {
            if (index < 0) {
                throw new IllegalArgumentException("the index of a GPU is " + index + ", expected 0 or more");
            }
        }

        @Override
        public String toString() {
            return "cuda:" + index;
        }
    }

    /**
     * Reads {@code cpu}, {@code cuda} or {@code cuda:n}.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    static TrainingDevice parse(String text) {
        if (text.equals("cpu")) {
            return new Cpu();
        }
        if (text.equals("cuda")) {
            return new Cuda(0);
        }
        if (text.matches("cuda:[0-9]{1,3}")) {
            return new Cuda(Integer.parseInt(text.substring("cuda:".length())));
        }
        throw new IllegalArgumentException("device is '" + text + "', expected cpu, cuda or cuda:n");
    }
}
