package org.geolandslide.segmentation.image;

import java.awt.Rectangle;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferFloat;
import java.awt.image.Raster;

/** Pixels of rasters of one band in arrays of floats, row by row where they lie so, which is many times faster than one by one. */
public final class FloatSamples {
    private FloatSamples() {}

    /** Values of a part of a raster, row-major. */
    public static float[] of(Raster raster, Rectangle part) {
        float[] values = new float[part.width * part.height];
        if (raster.getDataBuffer() instanceof DataBufferFloat buffer
                && raster.getSampleModel() instanceof ComponentSampleModel layout
                && layout.getPixelStride() == 1
                && layout.getNumBands() == 1) {
            float[] data = buffer.getData();
            int start = buffer.getOffset()
                    + layout.getOffset(
                            part.x - raster.getSampleModelTranslateX(), part.y - raster.getSampleModelTranslateY());
            for (int y = 0; y < part.height; y++) {
                System.arraycopy(data, start + y * layout.getScanlineStride(), values, y * part.width, part.width);
            }
            return values;
        }
        return raster.getSamples(part.x, part.y, part.width, part.height, 0, values);
    }
}
