package org.geolandslide.segmentation.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import javax.media.jai.RasterFactory;
import javax.media.jai.TiledImage;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.geolandslide.model.Band;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.AlignedInput;
import org.geolandslide.segmentation.alignment.AlignedInputs;
import org.geolandslide.segmentation.alignment.PixelRegion;
import org.geolandslide.segmentation.alignment.Samples;
import org.geolandslide.segmentation.window.NearestValid;
import org.geolandslide.segmentation.window.Reflection;
import org.geolandslide.segmentation.window.WindowGrid.Window;

/** A reader that uses its arrays again gives what reading pixel by pixel gives. */
class WindowReaderProperties {
    private static final int WIDTH = 37;
    private static final int HEIGHT = 23;
    private static final float MISSING = 0;

    private static TiledImage image(int type, int bands, int tile, int gaps) {
        TiledImage image = new TiledImage(
                0,
                0,
                WIDTH,
                HEIGHT,
                3,
                -2,
                RasterFactory.createPixelInterleavedSampleModel(type, tile, tile, bands),
                null);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int band = 0; band < bands; band++) {
                    boolean gap = gaps > 0 && (x / 3 + y / 2) % 7 < gaps;
                    image.setSample(x, y, band, gap ? MISSING : 1 + (x * 31 + y * 17 + band * 5) % 250);
                }
            }
        }
        return image;
    }

    /** @param offset column of the image that is column 0 of the grid; the image does not cover all of the grid if it is not 0 */
    private static AlignedInput input(String name, RenderedImage image, int offset, double scale) {
        List<Samples.Source> bands = new ArrayList<>();
        for (int band = image.getSampleModel().getNumBands() - 1; band >= 0; band--) {
            bands.add(new Samples.Source(band, scale, scale - 1));
        }
        Samples samples = new Samples(bands, List.of((double) MISSING), OptionalInt.empty());
        return new AlignedInput(name, image, offset, 0, samples, Optional.empty());
    }

    /** One pixel after the other, from the image itself. */
    private static float[] expected(AlignedInput input, Window window, int size) {
        Raster data = input.image().getData();
        int[] columns = new int[size];
        int[] rows = new int[size];
        Rectangle around = new Rectangle(-1, -1);
        for (int i = 0; i < size; i++) {
            columns[i] = Reflection.inside(window.x() + i, WIDTH);
            rows[i] = Reflection.inside(window.y() + i, HEIGHT);
            around.add(new Rectangle(columns[i], rows[i], 1, 1));
        }
        boolean[] valid = new boolean[around.width * around.height];
        for (int i = 0; i < valid.length; i++) {
            valid[i] = isValid(input, data, around.x + i % around.width, around.y + i / around.width);
        }
        int[] nearest = NearestValid.sources(valid, around.width, around.height);
        float[] values = new float[input.samples().bands().size() * size * size];
        int i = 0;
        for (Samples.Source band : input.samples().bands()) {
            for (int row : rows) {
                for (int column : columns) {
                    int source = nearest[(row - around.y) * around.width + column - around.x];
                    float raw = data.getSampleFloat(
                            around.x + source % around.width + input.offsetX(),
                            around.y + source / around.width,
                            band.index());
                    values[i++] = (float) (raw * band.scale() + band.offset());
                }
            }
        }
        return values;
    }

    private static boolean isValid(AlignedInput input, Raster data, int x, int y) {
        int column = x + input.offsetX();
        if (column < 0 || column >= WIDTH) {
            return false;
        }
        boolean valid = false;
        for (Samples.Source band : input.samples().bands()) {
            valid |= data.getSampleFloat(column, y, band.index()) != MISSING;
        }
        return valid;
    }

    @Property(tries = 60)
    void windows_one_after_the_other_hold_what_each_pixel_says(
            @ForAll @IntRange(min = 5, max = 40) int tile,
            @ForAll @IntRange(max = 5) int gaps,
            @ForAll @IntRange(min = -9, max = 9) int offset,
            @ForAll @IntRange(min = 1, max = 16) int size,
            @ForAll boolean restricted) {
        AlignedInput optical = input("optical", image(DataBuffer.TYPE_BYTE, 3, tile, gaps), 0, 1);
        AlignedInput dem = input("dem", image(DataBuffer.TYPE_FLOAT, 1, tile, gaps / 3), offset, 1.5);
        Optional<PixelRegion> region = restricted
                ? Optional.of(new PixelRegion(new Ellipse2D.Double(4, 3, 20, 15), new Rectangle(4, 3, 20, 15)))
                : Optional.empty();
        AlignedInputs inputs = new AlignedInputs(Rasters.utm(WIDTH, HEIGHT), List.of(optical, dem), region);
        WindowReader reader = new WindowReader(inputs, size);
        boolean[] whole = inputs.participating(new Rectangle(WIDTH, HEIGHT));
        for (int y = -size + 1; y < HEIGHT; y += 7) {
            for (int x = -size + 1; x < WIDTH; x += 9) {
                Window window = new Window(0, 0, x, y);
                Map<String, FloatBuffer> targets = Map.of(
                        "optical", FloatBuffer.allocate(3 * size * size), "dem", FloatBuffer.allocate(size * size));
                boolean[] participating = reader.read(window, targets);
                if (participating.length == 0) {
                    assertThat(targets.values())
                            .allSatisfy(target -> assertThat(target.position()).isZero());
                }
                for (int i = 0; i < size * size; i++) {
                    int column = Reflection.inside(x + i % size, WIDTH);
                    int row = Reflection.inside(y + i / size, HEIGHT);
                    assertThat(participating.length > 0 && participating[i]).isEqualTo(whole[row * WIDTH + column]);
                }
                if (participating.length > 0) {
                    assertThat(targets.get("optical").array()).containsExactly(expected(optical, window, size));
                    assertThat(targets.get("dem").array()).containsExactly(expected(dem, window, size));
                }
            }
        }
    }

    @Example
    void a_window_allocates_next_to_nothing_beside_its_pixels() {
        int size = 256;
        ModelInput optical = new ModelInput(
                "optical", List.of(new Band("grey", "uint8", "", OptionalDouble.of(0), OptionalDouble.empty())), "");
        AlignedInputs inputs = AlignedInputs.align(
                List.of(optical),
                Map.of("optical", Rasters.bytes(Rasters.utm(400, 300), 1, (x, y, band) -> (x + y) % 90)),
                Optional.empty());
        WindowReader reader = new WindowReader(inputs, size);
        Map<String, FloatBuffer> targets = Map.of("optical", FloatBuffer.allocate(size * size));
        boolean[] participating = new boolean[size * size];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int windows = 50;
        long before = 0;
        int read = 0;
        for (int i = -1; i < windows; i++) {
            if (i == 0) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            targets.get("optical").clear();
            read += reader.read(new Window(0, 0, 3 * i, i - 20), targets, participating) ? 1 : 0;
        }
        long perWindow = (threads.getCurrentThreadAllocatedBytes() - before) / windows;
        assertThat(read).isEqualTo(windows + 1);
        assertThat(perWindow).isLessThan((long) size * size * Float.BYTES / 50);
    }
}
