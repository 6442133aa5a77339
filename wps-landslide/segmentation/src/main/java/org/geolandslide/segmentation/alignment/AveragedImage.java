package org.geolandslide.segmentation.alignment;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import javax.media.jai.ImageLayout;
import javax.media.jai.JAI;
import javax.media.jai.OpImage;

/**
 * An image at reduced size, lazily: each pixel is the mean of the pixels with data of a block, or missing where none has. Blocks
 * count from the first pixel of the source; those at its right and lower edges may be cut.
 */
@SuppressWarnings("unchecked") // JAI's images have raw lists of sources.
final class AveragedImage extends OpImage {
    /** Pixels of the source along the side of a tile: what one tile reads stays small whatever the reduction. */
    private static final int SOURCE_TILE = 512;

    private static final int LEAST_TILE = 8;

    private final Rectangle whole;
    private final int columns;
    private final int rows;
    private final float missing;

    /**
     * Reduces an image of floats.
     *
     * @param columns width of a block in pixels
     * @param rows height of a block in pixels
     * @param missing value of missing pixels, on both sides
     */
    AveragedImage(RenderedImage source, int columns, int rows, float missing) {
        super(
                vectorize(source),
                layout(source, columns, rows),
                JAI.getDefaultInstance().getRenderingHints(),
                true);
        this.whole = new Rectangle(source.getMinX(), source.getMinY(), source.getWidth(), source.getHeight());
        this.columns = columns;
        this.rows = rows;
        this.missing = missing;
    }

    private static ImageLayout layout(RenderedImage source, int columns, int rows) {
        ImageLayout layout = PreparedImage.floats(
                source.getSampleModel().getNumBands(),
                Math.max(LEAST_TILE, SOURCE_TILE / columns),
                Math.max(LEAST_TILE, SOURCE_TILE / rows));
        layout.setMinX(0).setMinY(0).setTileGridXOffset(0).setTileGridYOffset(0);
        layout.setWidth((source.getWidth() + columns - 1) / columns);
        layout.setHeight((source.getHeight() + rows - 1) / rows);
        return layout;
    }

    @Override
    public Rectangle mapSourceRect(Rectangle part, int source) {
        int left = Math.floorDiv(part.x - whole.x, columns);
        int top = Math.floorDiv(part.y - whole.y, rows);
        int right = Math.floorDiv(part.x + part.width - 1 - whole.x, columns);
        int bottom = Math.floorDiv(part.y + part.height - 1 - whole.y, rows);
        return new Rectangle(left, top, right - left + 1, bottom - top + 1);
    }

    @Override
    public Rectangle mapDestRect(Rectangle part, int source) {
        return new Rectangle(
                        whole.x + part.x * columns, whole.y + part.y * rows, part.width * columns, part.height * rows)
                .intersection(whole);
    }

    @Override
    protected void computeRect(Raster[] sources, WritableRaster target, Rectangle part) {
        Rectangle read = mapDestRect(part, 0);
        float[] values = new float[read.width];
        for (int band = 0; band < target.getNumBands(); band++) {
            for (int y = 0; y < part.height; y++) {
                double[] sums = new double[part.width];
                int[] counts = new int[part.width];
                int below = Math.min(read.height, (y + 1) * rows);
                for (int row = y * rows; row < below; row++) {
                    sources[0].getSamples(read.x, read.y + row, read.width, 1, band, values);
                    add(values, sums, counts);
                }
                for (int x = 0; x < part.width; x++) {
                    target.setSample(
                            part.x + x, part.y + y, band, counts[x] == 0 ? missing : (float) (sums[x] / counts[x]));
                }
            }
        }
    }

    private void add(float[] values, double[] sums, int[] counts) {
        for (int x = 0; x < values.length; x++) {
            if (values[x] != missing) {
                sums[x / columns] += values[x];
                counts[x / columns]++;
            }
        }
    }
}
