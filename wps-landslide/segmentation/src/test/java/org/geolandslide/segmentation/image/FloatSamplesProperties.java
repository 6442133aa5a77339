package org.geolandslide.segmentation.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BandedSampleModel;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.SampleModel;
import java.awt.image.SinglePixelPackedSampleModel;
import java.awt.image.WritableRaster;
import java.util.Arrays;
import java.util.Random;
import javax.media.jai.TiledImage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What is read out of the arrays is what Java's rasters say. */
class FloatSamplesProperties {
    private static final int WIDTH = 13;
    private static final int HEIGHT = 9;
    private static final int BANDS = 3;

    @Provide
    Arbitrary<SampleModel> layouts() {
        Arbitrary<Integer> types = Arbitraries.of(
                DataBuffer.TYPE_BYTE,
                DataBuffer.TYPE_USHORT,
                DataBuffer.TYPE_SHORT,
                DataBuffer.TYPE_INT,
                DataBuffer.TYPE_FLOAT,
                DataBuffer.TYPE_DOUBLE);
        Arbitrary<SampleModel> interleaved = types.map(FloatSamplesProperties::interleaved);
        Arbitrary<SampleModel> banded = types.map(type -> new BandedSampleModel(type, WIDTH, HEIGHT, BANDS));
        Arbitrary<SampleModel> packed = Arbitraries.just(new SinglePixelPackedSampleModel(
                DataBuffer.TYPE_INT, WIDTH, HEIGHT, new int[] {0xFF0000, 0xFF00, 0xFF}));
        return Arbitraries.oneOf(interleaved, banded, packed);
    }

    /** With a sample between pixels that belongs to none, and the bands backwards. */
    private static SampleModel interleaved(int type) {
        int step = BANDS + 1;
        // Java makes no such raster of integers and doubles.
        return type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT
                ? new PixelInterleavedSampleModel(type, WIDTH, HEIGHT, step, WIDTH * step, new int[] {2, 1, 0})
                : new BandedSampleModel(type, WIDTH, HEIGHT, WIDTH + 2, new int[] {1, 0, 1}, new int[] {0, 1, 2});
    }

    private static WritableRaster filled(SampleModel layout, Point corner) {
        WritableRaster raster = Raster.createWritableRaster(layout, corner);
        Random random = new Random(7);
        boolean whole = layout.getDataType() != DataBuffer.TYPE_FLOAT && layout.getDataType() != DataBuffer.TYPE_DOUBLE;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int band = 0; band < BANDS; band++) {
                    int bits = random.nextInt();
                    raster.setSample(corner.x + x, corner.y + y, band, whole ? bits : Float.intBitsToFloat(bits));
                }
            }
        }
        return raster;
    }

    @Property(tries = 300)
    void every_layout_and_type_gives_the_samples_that_java_gives(
            @ForAll("layouts") SampleModel layout,
            @ForAll @IntRange(min = -20, max = 20) int shift,
            @ForAll @IntRange(max = 5) int left,
            @ForAll @IntRange(max = 4) int top,
            @ForAll @IntRange(max = 2) int band) {
        WritableRaster whole = filled(layout, new Point(shift, -shift));
        // A child has other coordinates than its buffer, and takes the bands in another order.
        Raster child = whole.createChild(shift + 1, 1 - shift, WIDTH - 2, HEIGHT - 2, 100, 200, new int[] {1, 2, 0});
        for (Raster raster : new Raster[] {whole, child}) {
            Rectangle part = new Rectangle(raster.getMinX() + left, raster.getMinY() + top, 5, 3);
            float[] expected = raster.getSamples(part.x, part.y, part.width, part.height, band, (float[]) null);
            float[] target = new float[40];
            Arrays.fill(target, -5);
            FloatSamples.read(raster, part, band, target, 4, 7);
            for (int i = 0; i < target.length; i++) {
                int row = Math.floorDiv(i - 4, 7);
                int column = Math.floorMod(i - 4, 7);
                boolean inside = row >= 0 && row < part.height && column < part.width;
                assertThat(Float.floatToRawIntBits(target[i]))
                        .isEqualTo(Float.floatToRawIntBits(inside ? expected[row * part.width + column] : -5));
            }
        }
    }

    @Property(tries = 100)
    void tiles_give_the_same_as_the_image_wherever_its_tiles_begin(
            @ForAll @IntRange(min = -9, max = 9) int minimum,
            @ForAll @IntRange(min = -9, max = 9) int tileGrid,
            @ForAll @IntRange(min = 1, max = 20) int tile,
            @ForAll @IntRange(max = 8) int left,
            @ForAll @IntRange(max = 5) int top) {
        TiledImage image = new TiledImage(
                minimum,
                -minimum,
                WIDTH,
                HEIGHT,
                tileGrid,
                tileGrid,
                new BandedSampleModel(DataBuffer.TYPE_FLOAT, tile, tile, 1),
                null);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            image.setSample(minimum + i % WIDTH, i / WIDTH - minimum, 0, i + 0.5f);
        }
        Rectangle part = new Rectangle(minimum + left, top - minimum, 5, 4);
        assertThat(FloatSamples.of(image, part))
                .isEqualTo(image.getData(part).getSamples(part.x, part.y, 5, 4, 0, (float[]) null));
    }

    @Example
    void a_part_of_a_buffered_image_is_read_where_it_lies() {
        BufferedImage whole = new BufferedImage(10, 10, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 100; i++) {
            whole.getRaster().setSample(i % 10, i / 10, 0, i);
        }
        RenderedImage part = whole.getSubimage(6, 7, 3, 2);
        assertThat(FloatSamples.of(part, new Rectangle(1, 0, 2, 2))).containsExactly(77, 78, 87, 88);
    }

    @Example
    void pixels_outside_an_image_are_refused() {
        ColorModel floats = ColorModels.floats();
        RenderedImage image = new BufferedImage(floats, floats.createCompatibleWritableRaster(4, 4), false, null);
        assertThatThrownBy(() -> FloatSamples.of(image, new Rectangle(2, 2, 3, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x=2,y=2,width=3");
    }
}
