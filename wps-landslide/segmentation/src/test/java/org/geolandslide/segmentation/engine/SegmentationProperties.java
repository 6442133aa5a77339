package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geotools.coverage.grid.GridCoverage2D;

class SegmentationProperties {
    private static final int WINDOW = 32;
    private static Path model = Path.of("");

    @BeforeContainer
    static void makeModel() throws Exception {
        model = TinyModel.BLURRED_RED.write(Files.createTempFile("geolandslide", ".zip"), WINDOW, 8);
    }

    @AfterContainer
    static void removeModel() throws IOException {
        Files.delete(model);
    }

    private static RenderedImage probability(EngineSettings settings, GridCoverage2D optical, GridCoverage2D dem)
            throws Exception {
        ModelSession session = ModelSession.open(ModelPackage.open(model), new Device.Cpu(), settings);
        SegmentationRequest request = SegmentationRequest.of(Map.of("optical", optical, "dem", dem));
        return Segmentation.of(session, request, Monitor.NONE).probability().getRenderedImage();
    }

    private static float[] read(RenderedImage image, Rectangle part) {
        return image.getData(part).getSamples(part.x, part.y, part.width, part.height, 0, (float[]) null);
    }

    @Property(tries = 25)
    void the_result_is_the_same_whatever_the_batch_the_lanes_and_the_order_of_reading(
            @ForAll @IntRange(min = 20, max = 900) int width,
            @ForAll @IntRange(min = 20, max = 600) int height,
            @ForAll @IntRange(min = 1, max = 9) int batch,
            @ForAll @IntRange(min = 1, max = 4) int lanes,
            @ForAll @IntRange(min = 30, max = 700) int piece,
            @ForAll long seed)
            throws Exception {
        RasterGrid grid = Rasters.utm(width, height);
        GridCoverage2D optical = Rasters.red(grid, (x, y, band) -> (x * 37 + y * 91) % 251);
        GridCoverage2D dem = Rasters.floats(grid, (x, y, band) -> 500);
        EngineSettings one = EngineSettings.DEFAULT.withBatch(1).withThreads(1).withLanes(1);
        float[] expected = read(probability(one, optical, dem), new Rectangle(width, height));
        EngineSettings other = one.withBatch(batch).withThreads(lanes).withLanes(lanes);
        RenderedImage image = probability(other, optical, dem);
        float[] found = new float[expected.length];
        Arrays.fill(found, Float.NaN);
        for (Rectangle part : parts(width, height, piece, seed)) {
            float[] values = read(image, part);
            for (int row = 0; row < part.height; row++) {
                System.arraycopy(values, row * part.width, found, (part.y + row) * width + part.x, part.width);
            }
        }
        for (int i = 0; i < expected.length; i++) {
            // Runs of other sizes may add in another order, which can move a value over the edge of a step.
            assertThat(Math.abs(found[i] - expected[i]))
                    .as("pixel %d, %d", i % width, i / width)
                    .isLessThanOrEqualTo(1f / 4096);
        }
    }

    /** Rectangles that cover a raster, in random order. */
    private static List<Rectangle> parts(int width, int height, int piece, long seed) {
        List<Rectangle> parts = new ArrayList<>();
        for (int y = 0; y < height; y += piece) {
            for (int x = 0; x < width; x += piece) {
                parts.add(new Rectangle(x, y, Math.min(piece, width - x), Math.min(piece, height - y)));
            }
        }
        Collections.shuffle(parts, new Random(seed));
        return parts;
    }
}
