package org.geolandslide.segmentation.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.geolandslide.segmentation.Rasters;
import org.junit.jupiter.api.Test;

class LazyImageTests {
    private final List<Rectangle> computed = new ArrayList<>();

    /** Every pixel holds its own place. */
    private final class Places extends LazyImage {
        Places(int width, int height, int tilesKept) {
            super(width, height, ColorModels.floats(), tilesKept);
        }

        @Override
        protected void compute(WritableRaster tile, Rectangle pixels) {
            computed.add(pixels);
            for (int y = pixels.y; y < pixels.y + pixels.height; y++) {
                for (int x = pixels.x; x < pixels.x + pixels.width; x++) {
                    tile.setSample(x, y, 0, y * 10_000f + x);
                }
            }
        }
    }

    @Test
    void nothing_is_computed_before_it_is_asked_for() {
        LazyImage image = new Places(2000, 1500, 16);
        assertThat(image.getNumXTiles()).isEqualTo(4);
        assertThat(image.getNumYTiles()).isEqualTo(3);
        assertThat(computed).isEmpty();
    }

    @Test
    void a_corner_costs_its_tiles_only() {
        LazyImage image = new Places(2000, 1500, 16);
        Raster corner = image.getData(new Rectangle(500, 510, 20, 5));
        assertThat(corner.getSampleFloat(519, 514, 0)).isEqualTo(514 * 10_000f + 519);
        assertThat(computed).hasSize(4);
    }

    @Test
    void a_tile_is_computed_once_while_there_is_room() {
        LazyImage image = new Places(2000, 1500, 16);
        image.getData();
        image.getData();
        assertThat(computed).hasSize(12).doesNotHaveDuplicates();
    }

    @Test
    void tiles_that_were_dropped_are_computed_again_to_the_same_values() {
        LazyImage image = new Places(1600, 600, 1);
        float[] all = Rasters.samples(image);
        for (int i = 0; i < all.length; i++) {
            int row = i / 1600;
            assertThat(all[i]).isEqualTo(row * 10_000f + i % 1600);
        }
        assertThat(Rasters.samples(image)).isEqualTo(all);
        assertThat(computed).hasSizeGreaterThan(8);
    }

    @Test
    void the_last_tiles_end_with_the_image() {
        new Places(700, 600, 16).getData();
        assertThat(computed).contains(new Rectangle(512, 512, 188, 88));
    }

    @Test
    void data_can_be_copied_into_a_larger_raster() {
        LazyImage image = new Places(700, 600, 16);
        WritableRaster target = Raster.createWritableRaster(
                ColorModels.floats().createCompatibleSampleModel(30, 30), new Point(690, 590));
        image.copyData(target);
        assertThat(target.getSampleFloat(699, 599, 0)).isEqualTo(599 * 10_000f + 699);
        assertThat(target.getSampleFloat(705, 605, 0)).isZero();
    }

    @Test
    void a_tile_outside_is_refused() {
        assertThatThrownBy(() -> new Places(700, 600, 16).getTile(2, 0)).hasMessageContaining("tile 2, 0 of 2 x 2");
    }

    @Test
    void image_writers_take_it() throws Exception {
        LazyImage mask = new LazyImage(600, 10, ColorModels.mask(), 4) {
            @Override
            protected void compute(WritableRaster tile, Rectangle pixels) {
                tile.setSample(pixels.x, pixels.y, 0, ColorModels.LANDSLIDE);
            }
        };
        var out = new java.io.ByteArrayOutputStream();
        assertThat(ImageIO.write(mask, "png", out)).isTrue();
        var back = ImageIO.read(new java.io.ByteArrayInputStream(out.toByteArray()));
        assertThat(back.getRGB(512, 0)).isEqualTo(0xFFD7301F);
        assertThat(back.getRGB(5, 0) >>> 24).isZero();
    }

    @Test
    void a_pointwise_image_applies_its_function_to_every_pixel() {
        LazyImage source = new Places(600, 20, 4);
        float[] doubled = Rasters.samples(new PointwiseImage(source, ColorModels.floats(), value -> 2 * value));
        assertThat(doubled[19 * 600 + 599]).isEqualTo(2 * (19 * 10_000f + 599));
    }
}
