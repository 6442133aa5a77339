package org.geolandslide.training.data;

import java.awt.Dimension;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads pictures without georeference: JPEG, PNG, TIFF. */
final class ImageFile {
    private ImageFile() {}

    /** What is done with an open picture. */
    private interface Use<T> {
        T of(ImageReader reader) throws IOException;
    }

    /**
     * Pixels as they are stored, colours decoded to RGB.
     *
     * @throws IOException if the file is not a picture
     */
    static Raster read(Path file) throws IOException {
        return with(file, reader -> reader.read(0).getRaster());
    }

    /** Columns and rows, without reading the pixels. */
    static Dimension size(Path file) throws IOException {
        return with(file, reader -> new Dimension(reader.getWidth(0), reader.getHeight(0)));
    }

    private static <T> T with(Path file, Use<T> use) throws IOException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            if (in == null) {
                throw new IOException(file + " cannot be read");
            }
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new IOException(file + " is not a picture (JPEG, PNG or TIFF)");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                return use.of(reader);
            } finally {
                reader.dispose();
            }
        }
    }

    /** Samples of one band, row-major. */
    static float[] band(Raster raster, int band) {
        return raster.getSamples(
                raster.getMinX(), raster.getMinY(), raster.getWidth(), raster.getHeight(), band, (float[]) null);
    }
}
