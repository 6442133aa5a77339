package org.geolandslide.segmentation.image;

import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;

/** The tiles of an image in their places: what {@link RenderedImage#getData(Rectangle)} copies together, without the copy. */
public final class Tiles {
    private Tiles() {}

    /** What is done with a tile. */
    @FunctionalInterface
    public interface Use {
        /**
         * Takes a tile.
         *
         * @param tile to be read, never written
         * @param shared pixels of the tile that were asked for
         */
        void of(Raster tile, Rectangle shared);
    }

    /**
     * Does something with every tile that shares a pixel with a part of an image, row by row.
     *
     * @param part pixels of the image
     * @throws IllegalArgumentException if some of them lie outside
     */
    public static void of(RenderedImage image, Rectangle part, Use use) {
        Rectangle all = new Rectangle(image.getMinX(), image.getMinY(), image.getWidth(), image.getHeight());
        if (!all.contains(part)) {
            throw new IllegalArgumentException(part + " was asked for of an image that covers " + all);
        }
        if (image.getNumXTiles() == 1 && image.getNumYTiles() == 1) {
            // A part of a BufferedImage has one tile, and the tile grid of the whole.
            use.of(image.getTile(image.getMinTileX(), image.getMinTileY()), part);
            return;
        }
        int left = Math.floorDiv(part.x - image.getTileGridXOffset(), image.getTileWidth());
        int right = Math.floorDiv(part.x + part.width - 1 - image.getTileGridXOffset(), image.getTileWidth());
        int top = Math.floorDiv(part.y - image.getTileGridYOffset(), image.getTileHeight());
        int bottom = Math.floorDiv(part.y + part.height - 1 - image.getTileGridYOffset(), image.getTileHeight());
        for (int y = top; y <= bottom; y++) {
            for (int x = left; x <= right; x++) {
                Raster tile = image.getTile(x, y);
                use.of(tile, tile.getBounds().intersection(part));
            }
        }
    }
}
