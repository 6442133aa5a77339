package org.geolandslide.segmentation.engine;

import org.geolandslide.segmentation.SegmentationException;

/** Where a model runs. */
public sealed interface Device {

    /** The processor. */
    record Cpu() implements Device {
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
    record Cuda(int index) implements Device {
        @Override
        public String toString() {
            return "cuda:" + index;
        }
    }

    /** The first GPU if there is one that works, else the processor. */
    record Auto() implements Device {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /**
     * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}.
     *
     * @throws SegmentationException if it is none of them
     */
    static Device parse(String text) {
        if (text.equals("auto")) {
            return new Auto();
        }
        if (text.equals("cpu")) {
            return new Cpu();
        }
        if (text.equals("cuda")) {
            return new Cuda(0);
        }
        if (text.matches("cuda:[0-9]{1,3}")) {
            return new Cuda(Integer.parseInt(text.substring("cuda:".length())));
        }
        throw new SegmentationException("device is '" + text + "', expected auto, cpu, cuda or cuda:n");
    }
}
