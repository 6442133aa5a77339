package org.geolandslide.segmentation.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.RenderedImage;
import java.util.Arrays;
import org.geolandslide.segmentation.Rasters;
import org.junit.jupiter.api.Test;

class ResampledImageTests {
    private static final ResampledImage.Mask ALL = pixels -> {
        boolean[] all = new boolean[pixels.width * pixels.height];
        Arrays.fill(all, true);
        return all;
    };

    private static RenderedImage source(int width, int height, Rasters.Content content) {
        return Rasters.floats(Rasters.utm(width, height), content).getRenderedImage();
    }

    private static ResampledImage resampled(RenderedImage source, int width, int height, double scale) {
        return new ResampledImage(source, width, height, AffineTransform.getScaleInstance(scale, scale), ALL);
    }

    @Test
    void smaller_pixels_are_interpolated_and_the_outermost_ones_reach_the_edges() {
        float[] values = Rasters.samples(resampled(source(3, 1, (x, y, band) -> 10 * x), 6, 2, 0.5));
        assertThat(values).containsExactly(0, 2.5f, 7.5f, 12.5f, 17.5f, 20, 0, 2.5f, 7.5f, 12.5f, 17.5f, 20);
    }

    @Test
    void a_ramp_stays_a_ramp_across_tiles() {
        // 1300 columns are three tiles; a pixel of the source is 2.6 of them.
        RenderedImage ramp = source(500, 40, (x, y, band) -> x + 0.5 + 3 * (y + 0.5));
        float[] values = Rasters.samples(resampled(ramp, 1300, 100, 1 / 2.6));
        for (int y = 2; y < 98; y++) {
            for (int x = 2; x < 1298; x++) {
                assertThat((double) values[y * 1300 + x])
                        .isCloseTo((x + 0.5) / 2.6 + 3 * (y + 0.5) / 2.6, within(1e-3));
            }
        }
    }

    @Test
    void missing_pixels_take_no_part_and_where_all_are_missing_there_is_nothing() {
        RenderedImage gap = source(5, 1, (x, y, band) -> x < 3 ? Double.NaN : 10 * x);
        float[] values = Rasters.samples(resampled(gap, 10, 1, 0.5));
        assertThat(Arrays.copyOf(values, 5)).containsOnly(Float.NaN);
        // Column 5 lies between a missing pixel and 30.
        assertThat(Arrays.copyOfRange(values, 5, 10)).containsExactly(30, 30, 32.5f, 37.5f, 40);
    }

    @Test
    void larger_pixels_are_means() {
        // Stripes, of which points would see only one colour.
        RenderedImage stripes = source(12, 12, (x, y, band) -> x % 4 < 2 ? 0 : 8);
        float[] values = Rasters.samples(resampled(stripes, 3, 3, 4));
        assertThat(values[4]).isCloseTo(4, within(1e-5f));
    }

    @Test
    void a_mask_has_the_last_word() {
        ResampledImage image = new ResampledImage(
                source(3, 3, (x, y, band) -> 7), 6, 6, AffineTransform.getScaleInstance(0.5, 0.5), pixels -> {
                    boolean[] inside = new boolean[pixels.width * pixels.height];
                    for (int i = 0; i < inside.length; i++) {
                        inside[i] = pixels.x + i % pixels.width > 3;
                    }
                    return inside;
                });
        assertThat(Arrays.copyOf(Rasters.samples(image), 6))
                .containsExactly(Float.NaN, Float.NaN, Float.NaN, Float.NaN, 7, 7);
    }

    @Test
    void only_what_is_asked_for_is_read() {
        Rectangle read = new Rectangle();
        LazyImage source = new LazyImage(4000, 4000, ColorModels.floats(), 1) {
            @Override
            protected void compute(java.awt.image.WritableRaster tile, Rectangle pixels) {
                read.add(pixels);
            }
        };
        resampled(source, 8000, 8000, 0.5).getTile(0, 0);
        // 512 pixels are 256 of the source, in its first tile.
        assertThat(read).isEqualTo(new Rectangle(0, 0, 512, 512));
    }

    @Test
    void a_rotation_is_refused() {
        assertThatThrownBy(() -> new ResampledImage(
                        source(3, 3, (x, y, band) -> 1), 3, 3, AffineTransform.getRotateInstance(1), ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than a scale and a shift");
    }
}
