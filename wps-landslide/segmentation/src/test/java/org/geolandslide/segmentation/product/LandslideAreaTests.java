package org.geolandslide.segmentation.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.DataBuffer;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.junit.jupiter.api.Test;

/** Areas are those on the ground, whatever the projection. */
class LandslideAreaTests {

    private static Landslide whole(RasterGrid grid) {
        var image = Rasters.image(grid, DataBuffer.TYPE_FLOAT, 1, (x, y, band) -> 0.8);
        return LandslideInventory.of(image, grid, 0.5, 0).landslides().get(0);
    }

    @Test
    void a_tenth_of_a_degree_at_sixty_north() {
        // Between two parallels of WGS 84 by the authalic integral: 0.1 by 0.1 degree around 60.05 N.
        double expected = authalic(60.1) - authalic(60.0);
        Landslide landslide = whole(Rasters.grid(20, 20, 10, 60.1, 0.005, "EPSG:4326"));
        assertThat(landslide.area())
                .isCloseTo(expected * Math.toRadians(0.1), within(expected * Math.toRadians(0.1) * 1e-4));
        // 5.58 km along each parallel, 11.14 km along each meridian.
        assertThat(landslide.perimeter()).isCloseTo(33_450, within(60.0));
    }

    /** Area per radian of longitude from the equator to a parallel of WGS 84 in square metres. */
    private static double authalic(double latitude) {
        double a = 6378137;
        double e = Math.sqrt(0.00669437999014);
        double sine = Math.sin(Math.toRadians(latitude));
        double q =
                (1 - e * e) * (sine / (1 - e * e * sine * sine) - Math.log((1 - e * sine) / (1 + e * sine)) / (2 * e));
        return a * a * q / 2;
    }

    @Test
    void the_same_place_has_the_same_area_beyond_longitude_180() {
        Landslide inside = whole(Rasters.grid(20, 20, -179.5, -17, 0.01, "EPSG:4326"));
        Landslide beyond = whole(Rasters.grid(20, 20, 180.5, -17, 0.01, "EPSG:4326"));
        Landslide across = whole(Rasters.grid(20, 20, 179.9, -17, 0.01, "EPSG:4326"));
        assertThat(beyond.area()).isCloseTo(inside.area(), within(1.0));
        assertThat(beyond.perimeter()).isCloseTo(inside.perimeter(), within(1e-3));
        assertThat(across.area()).isCloseTo(inside.area(), within(1.0));
    }

    @Test
    void web_mercator_at_sixty_north_is_four_times_too_large() {
        Landslide landslide = whole(Rasters.grid(20, 20, 1_110_000, 8_400_000, 100, "EPSG:3857"));
        assertThat(landslide.outline().getArea()).isCloseTo(4e6, within(1.0));
        assertThat(landslide.area()).isBetween(0.98e6, 1.02e6);
    }

    @Test
    void a_projected_raster_of_ten_metres() {
        Landslide landslide = whole(Rasters.utm(30, 20));
        assertThat(landslide.area()).isCloseTo(60_000, within(60.0));
        assertThat(landslide.perimeter()).isCloseTo(1000, within(1.0));
    }
}
