package org.geolandslide.training.data;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Writes TIFFs of floats with any number of bands. */
public final class MultiBandTiff {
    private MultiBandTiff() {}

    /** Bands without colours. */
    private static final class NoColours extends ColorSpace {
        private static final long serialVersionUID = 1L;

        NoColours(int bands) {
            super(ColorSpace.TYPE_2CLR + bands - 2, bands);
        }

        @Override
        public float[] toRGB(float[] values) {
            return new float[3];
        }

        @Override
        public float[] fromRGB(float[] values) {
            return new float[getNumComponents()];
        }

        @Override
        public float[] toCIEXYZ(float[] values) {
            return new float[3];
        }

        @Override
        public float[] fromCIEXYZ(float[] values) {
            return new float[getNumComponents()];
        }
    }

    /** Writes bands of the given width, row-major; 2 to 15 of them. */
    public static void write(float[][] bands, int width, Path file) throws IOException {
        int height = bands[0].length / width;
        int[] offsets = IntStream.range(0, bands.length).toArray();
        WritableRaster raster = Raster.createWritableRaster(
                new PixelInterleavedSampleModel(
                        DataBuffer.TYPE_FLOAT, width, height, bands.length, width * bands.length, offsets),
                null);
        for (int band = 0; band < bands.length; band++) {
            raster.setSamples(0, 0, width, height, band, bands[band]);
        }
        ComponentColorModel colours = new ComponentColorModel(
                new NoColours(bands.length), false, false, Transparency.OPAQUE, DataBuffer.TYPE_FLOAT);
        if (!ImageIO.write(new BufferedImage(colours, raster, false, null), "tiff", file.toFile())) {
            throw new IOException("no writer for " + file);
        }
    }
}
