package org.geolandslide.segmentation.engine;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.DataBufferFloat;
import java.awt.image.Raster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.geolandslide.segmentation.image.LazyImage;
import org.geolandslide.segmentation.image.ScratchFile;
import org.geolandslide.segmentation.window.WindowGrid;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/**
 * Blends the predictions of overlapping windows into the tiles of one image per output of the model: the mean with Hann weights. The tiles
 * of all outputs in one place are made together, for they need the same windows. A pixel's value depends on the windows that hold it
 * only, not on the tile in which it is asked for, nor on the order.
 */
final class Blending {
    /** Tiles whose windows are made before they are asked for. */
    private static final int TILES_AHEAD = 2;

    private final WindowPredictions predictions;
    private final WeightedMean mean;
    private final List<BlendedImage> images = new ArrayList<>();
    private final LookAhead lookAhead;
    private final int tilesKept;
    private final ScratchFile scratch;
    private boolean scratchWanted = true;

    /**
     * Images of a raster.
     *
     * @param settings how much memory and disk space tiles may take
     */
    Blending(WindowPredictions predictions, EngineSettings settings) {
        this.predictions = predictions;
        long bytes = (settings.memoryMegabytes() << 20) / predictions.outputs().size();
        this.tilesKept = (int) Math.max(4, bytes / ((long) LazyImage.TILE * LazyImage.TILE * Float.BYTES));
        WindowGrid grid = predictions.grid();
        this.mean = new WeightedMean(grid.size(), grid.overlap());
        for (int output = 0; output < predictions.outputs().size(); output++) {
            images.add(new BlendedImage(this, grid.width(), grid.height(), tilesKept));
        }
        this.lookAhead =
                new LookAhead(images.get(0).getNumXTiles(), images.get(0).getNumYTiles(), TILES_AHEAD);
        this.scratch = new ScratchFile(fits() ? 0 : settings.scratchMegabytes() << 20);
    }

    /** Whether the memory for tiles holds the whole images. */
    boolean fits() {
        BlendedImage image = images.get(0);
        return (long) image.getNumXTiles() * image.getNumYTiles() <= tilesKept;
    }

    /** The image of an output. */
    BlendedImage image(int output) {
        return images.get(output);
    }

    /** The caller is going to read everything, row by row, perhaps more than once. */
    synchronized void announceWholeRead(boolean again) {
        lookAhead.announce();
        scratchWanted = again;
    }

    /** The caller is going to ask for these tiles, row by row. */
    synchronized void announce(Rectangle tiles) {
        lookAhead.announce(tiles);
    }

    /** Makes the tiles of all outputs in one place; the caller holds this object's lock. */
    Raster tile(BlendedImage asking, int tileX, int tileY, Rectangle pixels) {
        Point index = new Point(tileX, tileY);
        int[] lengths = new int[images.size()];
        Arrays.fill(lengths, LazyImage.TILE * LazyImage.TILE);
        Optional<float[][]> stored = scratch.read(index, lengths);
        float[][] values = stored.isPresent() ? stored.get() : blend(tileX, tileY, pixels);
        if (stored.isEmpty() && scratchWanted) {
            scratch.write(index, values);
        }
        Raster asked = null;
        for (int output = 0; output < values.length; output++) {
            BlendedImage image = images.get(output);
            Raster tile = Raster.createRaster(
                    image.getSampleModel(),
                    new DataBufferFloat(values[output], values[output].length),
                    new Point(tileX * LazyImage.TILE, tileY * LazyImage.TILE));
            if (image.equals(asking)) {
                asked = tile;
            } else {
                image.keepMade(tileX, tileY, tile);
            }
        }
        if (asked == null) {
            throw new IllegalArgumentException("an image of another blending");
        }
        return asked;
    }

    private float[][] blend(int tileX, int tileY, Rectangle pixels) {
        Set<Window> next = new LinkedHashSet<>();
        for (Point tile : lookAhead.after(tileX, tileY)) {
            next.addAll(windowsOf(images.get(0).pixels(tile.x, tile.y)));
        }
        mean.begin(images.size(), pixels);
        predictions.use(windowsOf(pixels), next, this::tilesOf, mean::add);
        return mean.finish();
    }

    private List<Window> windowsOf(Rectangle pixels) {
        return predictions.grid().covering(pixels.x, pixels.y, pixels.width, pixels.height);
    }

    /** Number of tiles that hold pixels of a window. */
    private int tilesOf(Window window) {
        WindowGrid grid = predictions.grid();
        int left = Math.max(0, window.x()) / LazyImage.TILE;
        int top = Math.max(0, window.y()) / LazyImage.TILE;
        int right = Math.min(grid.width() - 1, window.x() + grid.size() - 1) / LazyImage.TILE;
        int bottom = Math.min(grid.height() - 1, window.y() + grid.size() - 1) / LazyImage.TILE;
        return (right - left + 1) * (bottom - top + 1);
    }
}
