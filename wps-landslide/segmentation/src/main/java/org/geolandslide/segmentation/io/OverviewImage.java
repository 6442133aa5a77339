package org.geolandslide.segmentation.io;

import it.geosolutions.imageioimpl.plugins.tiff.TIFFImageReaderSpi;
import java.awt.Rectangle;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.geolandslide.segmentation.image.LazyImage;

/**
 * An image of a TIFF file at half its size, read from the file tile by tile. A pixel is made of the 2 x 2 pixels below it, at the
 * edges of fewer: their mean, or with a palette the value that most of them have, of equally many the largest. Pixels without
 * data do not count; a pixel has no data where all below it have none.
 */
final class OverviewImage extends LazyImage implements AutoCloseable {
    private final ImageReader reader;
    private final ImageInputStream stream;
    private final int page;
    private final Rectangle source;
    private final float nodata;

    private OverviewImage(
            ImageReader reader, ImageInputStream stream, int page, Rectangle source, ColorModel colours, float nodata) {
        super((source.width + 1) / 2, (source.height + 1) / 2, colours, 1);
        this.reader = reader;
        this.stream = stream;
        this.page = page;
        this.source = source;
        this.nodata = nodata;
    }

    /**
     * Opens a page of a file.
     *
     * @param page index of the image in the file; it has one band
     * @param colours colour model of the overview
     * @param nodata value of pixels without data; NaN never is one with
     */
    static OverviewImage of(Path file, int page, ColorModel colours, double nodata) throws IOException {
        ImageInputStream stream = new FileImageInputStream(file.toFile());
        ImageReader reader = new TIFFImageReaderSpi().createReaderInstance(null);
        try {
            reader.setInput(stream);
            Rectangle source = new Rectangle(0, 0, reader.getWidth(page), reader.getHeight(page));
            return new OverviewImage(reader, stream, page, source, colours, (float) nodata);
        } catch (IOException | RuntimeException e) {
            reader.dispose();
            stream.close();
            throw e;
        }
    }

    @Override
    protected void compute(WritableRaster tile, Rectangle pixels) {
        Rectangle below =
                new Rectangle(2 * pixels.x, 2 * pixels.y, 2 * pixels.width, 2 * pixels.height).intersection(source);
        float[] values = read(below);
        float[] reduced = new float[pixels.width * pixels.height];
        boolean classes = getColorModel() instanceof IndexColorModel;
        float[] square = new float[4];
        for (int y = 0; y < pixels.height; y++) {
            for (int x = 0; x < pixels.width; x++) {
                int count = collect(values, below, 2 * x, 2 * y, square);
                reduced[y * pixels.width + x] =
                        count == 0 ? nodata : classes ? mostFrequent(square, count) : mean(square, count);
            }
        }
        tile.setSamples(pixels.x, pixels.y, pixels.width, pixels.height, 0, reduced);
    }

    private float[] read(Rectangle region) {
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceRegion(region);
        try {
            Raster raster = reader.read(page, parameters).getRaster();
            return raster.getSamples(0, 0, region.width, region.height, 0, (float[]) null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the values of a square that have data, and returns their number. */
    private int collect(float[] values, Rectangle size, int left, int top, float[] square) {
        int count = 0;
        for (int y = top; y < Math.min(top + 2, size.height); y++) {
            for (int x = left; x < Math.min(left + 2, size.width); x++) {
                float value = values[y * size.width + x];
                if (!Float.isNaN(value) && value != nodata) {
                    square[count++] = value;
                }
            }
        }
        return count;
    }

    private static float mean(float[] values, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i];
        }
        return (float) (sum / count);
    }

    private static float mostFrequent(float[] values, int count) {
        float best = values[0];
        int most = 0;
        for (int i = 0; i < count; i++) {
            int equal = 0;
            for (int j = 0; j < count; j++) {
                equal += values[j] == values[i] ? 1 : 0;
            }
            if (equal > most || (equal == most && values[i] > best)) {
                best = values[i];
                most = equal;
            }
        }
        return best;
    }

    @Override
    public void close() throws IOException {
        reader.dispose();
        stream.close();
    }
}
