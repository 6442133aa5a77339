package org.geolandslide.segmentation.io;

import it.geosolutions.imageioimpl.plugins.tiff.TIFFImageReaderSpi;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.geolandslide.segmentation.image.FloatSamples;
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
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, Concurrently.NAME);
        thread.setDaemon(true);
        return thread;
    });

    /** The tile that is being made ahead; none at first. */
    private Point ahead = new Point(-1, -1);

    private CompletableFuture<float[]> next = new CompletableFuture<>();

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
        Point index = new Point(pixels.x / TILE, pixels.y / TILE);
        float[] reduced = index.equals(ahead) ? join(next) : reduce(pixels);
        // While the caller compresses this tile, the one that it will ask for next is made.
        ahead = index.x + 1 < getNumXTiles() ? new Point(index.x + 1, index.y) : new Point(0, index.y + 1);
        if (ahead.y < getNumYTiles()) {
            Rectangle following = pixelsOf(ahead.x, ahead.y);
            next = CompletableFuture.supplyAsync(() -> reduce(following), worker);
        }
        if (tile.getDataBuffer() instanceof DataBufferByte) {
            byte[] bytes = new byte[reduced.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) reduced[i];
            }
            put(tile, pixels, bytes);
        } else {
            put(tile, pixels, reduced);
        }
    }

    private static float[] join(CompletableFuture<float[]> made) {
        try {
            return made.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** The values of pixels of the overview, row-major. */
    private synchronized float[] reduce(Rectangle pixels) {
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
        return reduced;
    }

    private float[] read(Rectangle region) {
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceRegion(region);
        try {
            Raster raster = reader.read(page, parameters).getRaster();
            float[] values = new float[region.width * region.height];
            FloatSamples.read(raster, raster.getBounds(), 0, values, 0, region.width);
            return values;
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
        if (count == 4 && values[0] == values[1] && values[0] == values[2] && values[0] == values[3]) {
            return values[0];
        }
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

    /** Waits for what is being read; the file can go then. */
    @Override
    public void close() throws IOException {
        worker.shutdown();
        synchronized (this) {
            reader.dispose();
            stream.close();
        }
    }
}
