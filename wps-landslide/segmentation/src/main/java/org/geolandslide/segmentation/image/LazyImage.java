package org.geolandslide.segmentation.image;

import java.awt.Image;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferFloat;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.util.Optional;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/**
 * An image of one band whose tiles are computed when they are first asked for, in any order, and kept while there is room.
 * The first pixel is (0, 0). Safe for use by several threads; one tile is computed at a time.
 */
public abstract class LazyImage implements RenderedImage {
    /** Side of a tile in pixels. */
    public static final int TILE = 512;

    private final int width;
    private final int height;
    private final ColorModel colorModel;
    private final SampleModel sampleModel;
    private final RecentlyUsed<Point, Raster> tiles;
    private final Object lock;

    /**
     * An image.
     *
     * @param colorModel one band
     * @param tilesKept tiles that stay in memory while there is room, at least 1
     */
    protected LazyImage(int width, int height, ColorModel colorModel, int tilesKept) {
        this(width, height, colorModel, tilesKept, new Object());
    }

    /**
     * An image whose tiles are made together with those of others.
     *
     * @param lock held while a tile is computed; the same for all of them
     */
    protected LazyImage(int width, int height, ColorModel colorModel, int tilesKept, Object lock) {
        this.lock = lock;
        this.width = width;
        this.height = height;
        this.colorModel = colorModel;
        this.sampleModel = colorModel.createCompatibleSampleModel(TILE, TILE);
        this.tiles = new RecentlyUsed<>(tilesKept);
    }

    /**
     * Computes the pixels of a tile.
     *
     * @param tile to be filled; its bounds are in pixels of the image
     * @param pixels the part of the tile that lies in the image
     */
    protected abstract void compute(WritableRaster tile, Rectangle pixels);

    /**
     * Makes a tile that is not in memory.
     *
     * @param pixels the part of the tile that lies in the image
     */
    protected Raster make(int tileX, int tileY, Rectangle pixels) {
        WritableRaster tile = Raster.createWritableRaster(sampleModel, new Point(tileX * TILE, tileY * TILE));
        compute(tile, pixels);
        return tile;
    }

    /**
     * Is told which tiles are going to be asked for, row by row, so that an image can make them ahead; does nothing by default.
     *
     * @param wanted columns and rows of tiles
     */
    protected void announce(Rectangle wanted) {
        // Nothing is made ahead.
    }

    /** Tells a source of this image, whose tiles lie in the same places. */
    protected static void announce(RenderedImage source, Rectangle wanted) {
        if (source instanceof LazyImage lazy) {
            lazy.announce(wanted);
        }
    }

    /**
     * Puts values into a tile of one band of bytes; Java does so sample by sample.
     *
     * @param pixels where they belong, in pixels of the image
     * @param values row-major
     */
    protected static void put(WritableRaster tile, Rectangle pixels, byte[] values) {
        if (tile.getDataBuffer() instanceof DataBufferByte buffer) {
            putRows(tile, pixels, values, buffer.getData());
        } else {
            tile.setDataElements(pixels.x, pixels.y, pixels.width, pixels.height, values);
        }
    }

    /** As for bytes. */
    protected static void put(WritableRaster tile, Rectangle pixels, float[] values) {
        if (tile.getDataBuffer() instanceof DataBufferFloat buffer) {
            putRows(tile, pixels, values, buffer.getData());
        } else {
            tile.setDataElements(pixels.x, pixels.y, pixels.width, pixels.height, values);
        }
    }

    /** Tiles of one band are made with rows of {@link #TILE} samples, one after the other. */
    private static void putRows(WritableRaster tile, Rectangle pixels, Object values, Object data) {
        int start = (pixels.y - tile.getMinY()) * TILE + pixels.x - tile.getMinX();
        for (int y = 0; y < pixels.height; y++) {
            System.arraycopy(values, y * pixels.width, data, start + y * TILE, pixels.width);
        }
    }

    /** Keeps a tile that was made together with another image's. The caller holds the lock. */
    protected final void keep(int tileX, int tileY, Raster tile) {
        tiles.put(new Point(tileX, tileY), tile);
    }

    /** Pixels of a tile that lie in the image. */
    protected final Rectangle pixelsOf(int tileX, int tileY) {
        return new Rectangle(tileX * TILE, tileY * TILE, TILE, TILE).intersection(bounds());
    }

    @Override
    public final Raster getTile(int tileX, int tileY) {
        if (tileX < 0 || tileY < 0 || tileX >= getNumXTiles() || tileY >= getNumYTiles()) {
            throw new IllegalArgumentException(
                    "tile " + tileX + ", " + tileY + " of " + getNumXTiles() + " x " + getNumYTiles());
        }
        synchronized (lock) {
            Point index = new Point(tileX, tileY);
            Optional<Raster> present = tiles.get(index);
            if (present.isPresent()) {
                return present.get();
            }
            Raster tile = make(tileX, tileY, pixelsOf(tileX, tileY));
            tiles.put(index, tile);
            return tile;
        }
    }

    private Rectangle bounds() {
        return new Rectangle(0, 0, width, height);
    }

    @Override
    public Raster getData() {
        return getData(bounds());
    }

    @Override
    public Raster getData(Rectangle rectangle) {
        Point corner = rectangle.getLocation();
        int tileX = Math.floorDiv(rectangle.x, TILE);
        int tileY = Math.floorDiv(rectangle.y, TILE);
        if (bounds().contains(rectangle) && new Rectangle(tileX * TILE, tileY * TILE, TILE, TILE).contains(rectangle)) {
            // Tiles never change: no need to copy.
            return getTile(tileX, tileY)
                    .createChild(rectangle.x, rectangle.y, rectangle.width, rectangle.height, corner.x, corner.y, null);
        }
        WritableRaster target = Raster.createWritableRaster(
                sampleModel.createCompatibleSampleModel(rectangle.width, rectangle.height), corner);
        return copyData(target);
    }

    @Override
    public WritableRaster copyData(@Nullable WritableRaster raster) {
        WritableRaster target = raster != null
                ? raster
                : Raster.createWritableRaster(sampleModel.createCompatibleSampleModel(width, height), new Point());
        Rectangle wanted = target.getBounds().intersection(bounds());
        if (wanted.isEmpty()) {
            return target;
        }
        Rectangle tileRange = new Rectangle(wanted.x / TILE, wanted.y / TILE, 1, 1);
        tileRange.add(new Rectangle((wanted.x + wanted.width - 1) / TILE, (wanted.y + wanted.height - 1) / TILE, 1, 1));
        announce(tileRange);
        for (int tileY = tileRange.y; tileY < tileRange.y + tileRange.height; tileY++) {
            for (int tileX = tileRange.x; tileX < tileRange.x + tileRange.width; tileX++) {
                Raster tile = getTile(tileX, tileY);
                Rectangle part = wanted.intersection(tile.getBounds());
                copy(tile, part, target);
            }
        }
        return target;
    }

    /** Java copies rasters of floats sample by sample. */
    private static void copy(Raster tile, Rectangle part, WritableRaster target) {
        if (tile.getDataBuffer() instanceof DataBufferFloat
                && target.getDataBuffer() instanceof DataBufferFloat floats
                && target.getSampleModel() instanceof ComponentSampleModel layout
                && layout.getPixelStride() == 1
                && layout.getNumBands() == 1) {
            int start = floats.getOffset()
                    + layout.getOffset(
                            part.x - target.getSampleModelTranslateX(), part.y - target.getSampleModelTranslateY());
            FloatSamples.read(tile, part, 0, floats.getData(), start, layout.getScanlineStride());
        } else {
            target.setRect(tile.createChild(part.x, part.y, part.width, part.height, part.x, part.y, null));
        }
    }

    @Override
    public Vector<RenderedImage> getSources() {
        return new Vector<>();
    }

    @Override
    public Object getProperty(String name) {
        return Image.UndefinedProperty;
    }

    @Override
    public String @Nullable [] getPropertyNames() {
        return null;
    }

    @Override
    public ColorModel getColorModel() {
        return colorModel;
    }

    @Override
    public SampleModel getSampleModel() {
        return sampleModel;
    }

    @Override
    public int getWidth() {
        return width;
    }

    @Override
    public int getHeight() {
        return height;
    }

    @Override
    public int getMinX() {
        return 0;
    }

    @Override
    public int getMinY() {
        return 0;
    }

    @Override
    public int getNumXTiles() {
        return (width + TILE - 1) / TILE;
    }

    @Override
    public int getNumYTiles() {
        return (height + TILE - 1) / TILE;
    }

    @Override
    public int getMinTileX() {
        return 0;
    }

    @Override
    public int getMinTileY() {
        return 0;
    }

    @Override
    public int getTileWidth() {
        return TILE;
    }

    @Override
    public int getTileHeight() {
        return TILE;
    }

    @Override
    public int getTileGridXOffset() {
        return 0;
    }

    @Override
    public int getTileGridYOffset() {
        return 0;
    }
}
