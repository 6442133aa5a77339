package org.geolandslide.segmentation.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.AffineTransform;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.api.referencing.FactoryException;
import org.geotools.referencing.CRS;
import org.junit.jupiter.api.Test;

class PixelSizeTests {
    @Test
    void metres_of_a_projection_are_taken_at_their_word_where_they_are_right() {
        assertThat(PixelSize.of(Rasters.utm(60, 40))).isEqualTo(new PixelSize(10, 10));
        AffineTransform turned = AffineTransform.getRotateInstance(1);
        turned.scale(4, -3);
        turned.preConcatenate(AffineTransform.getTranslateInstance(600_000, 5_200_000));
        PixelSize size = PixelSize.of(new RasterGrid(60, 40, turned, Rasters.crs("EPSG:32632")));
        assertThat(size.width()).isCloseTo(4, within(1e-9));
        assertThat(size.height()).isCloseTo(3, within(1e-9));
    }

    @Test
    void other_units_are_converted() {
        // California, US survey feet.
        RasterGrid feet = Rasters.grid(10, 10, 6_000_000, 2_000_000, 10, "EPSG:2227");
        assertThat(PixelSize.of(feet).width()).isCloseTo(3.048006, within(1e-5));
    }

    @Test
    void mercator_is_measured_on_the_ground() {
        // At latitude 60, where a metre of the projection is half a metre.
        RasterGrid mercator = Rasters.grid(10, 10, 1_000_000, 8_399_738 + 50, 10, "EPSG:3857");
        assertThat(PixelSize.of(mercator).width()).isCloseTo(5, within(0.03));
        assertThat(PixelSize.of(mercator).height()).isCloseTo(5, within(0.03));
    }

    @Test
    void degrees_are_measured_at_the_centre_of_the_raster() throws FactoryException {
        // At latitude 60 a degree is 55.8 km long and 111.4 km high.
        RasterGrid degrees = Rasters.grid(100, 200, 10, 60.01, 0.0001, "EPSG:4326");
        assertThat(PixelSize.of(degrees).width()).isCloseTo(5.58, within(0.01));
        assertThat(PixelSize.of(degrees).height()).isCloseTo(11.14, within(0.01));
        // The same with the latitude first: rows run east.
        RasterGrid swapped = new RasterGrid(
                200, 100, new AffineTransform(-0.0001, 0, 0, 0.0001, 60.01, 10), CRS.decode("EPSG:4326", false));
        assertThat(PixelSize.of(swapped).width()).isCloseTo(11.14, within(0.01));
        assertThat(PixelSize.of(swapped).height()).isCloseTo(5.58, within(0.01));
    }

    @Test
    void a_grid_of_another_pixel_size_covers_the_same_place() {
        RasterGrid grid = Rasters.utm(61, 40);
        RasterGrid coarser = grid.withPixels(25);
        // 610 m are 24.4 pixels.
        assertThat(coarser).isEqualTo(Rasters.grid(25, 16, 600_000, 5_200_000, 25, "EPSG:32632"));
        assertThat(grid.withPixels(5)).isEqualTo(Rasters.grid(122, 80, 600_000, 5_200_000, 5, "EPSG:32632"));
        RasterGrid square =
                Rasters.grid(100, 200, 10, 60.01, 0.0001, "EPSG:4326").withPixels(10);
        assertThat(PixelSize.of(square).width()).isCloseTo(10, within(0.001));
        assertThat(PixelSize.of(square).height()).isCloseTo(10, within(0.001));
        assertThat(square.width()).isEqualTo(56);
        assertThat(square.height()).isEqualTo(223);
    }

    @Test
    void within_one_percent_pixels_have_the_same_size() {
        RasterGrid grid = Rasters.utm(60, 40);
        assertThat(grid.withPixels(10.09)).isSameAs(grid);
        assertThat(grid.withPixels(10.2)).isNotEqualTo(grid);
    }

    @Test
    void a_grid_that_cannot_be_counted_is_refused() {
        assertThatThrownBy(() -> Rasters.utm(1000, 10).withPixels(1e-6))
                .isInstanceOf(SegmentationException.class)
                .hasMessageContaining("1000 x 10 pixels resampled to pixels of 1.0E-6 m has 10000000000 x 100000000");
    }
}
