package org.geolandslide.segmentation.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.util.Map;
import java.util.Optional;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.SegmentationException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

/** Regions of interest over a raster in UTM. */
class PixelRegionTests {
    private static final RasterGrid GRID = Rasters.utm(60, 40);
    private static final Rectangle ALL = new Rectangle(0, 0, 60, 40);

    private final GridCoverage2D optical = Rasters.red(GRID, (x, y, band) -> x + y);

    private AlignedInputs align(String wkt, int srid) throws ParseException {
        Geometry region = new WKTReader().read(wkt);
        region.setSRID(srid);
        return AlignedInputs.align(
                TinyModel.RED.description(64, 16).inputs(),
                Map.of("optical", optical, "dem", Rasters.floats(GRID, (x, y, band) -> 1)),
                Optional.of(region));
    }

    @Test
    void the_grid_is_cut_to_the_region() throws ParseException {
        AlignedInputs aligned =
                align("POLYGON((600100 5199900, 600205 5199900, 600205 5199795, 600100 5199795, 600100 5199900))", 0);
        assertThat(aligned.grid().width()).isEqualTo(11);
        assertThat(aligned.grid().height()).isEqualTo(11);
        assertThat(aligned.grid().toWorld().getTranslateX()).isEqualTo(600_100);
        assertThat(aligned.grid().toWorld().getTranslateY()).isEqualTo(5_199_900);
        // Pixel (10, 10) of the raster: red is 20.
        assertThat(aligned.inputs().get(0).read(new Rectangle(0, 0, 1, 1)).values()[0])
                .containsExactly(20);
    }

    @Test
    void only_pixels_whose_centre_lies_inside_take_part() throws ParseException {
        AlignedInputs aligned = align("POLYGON((600000 5200000, 600100 5200000, 600000 5199900, 600000 5200000))", 0);
        boolean[] inside = aligned.region().orElseThrow().contains(new Rectangle(0, 0, 10, 10));
        int count = 0;
        for (int y = 0; y < 10; y++) {
            for (int x = 0; x < 10; x++) {
                count += inside[y * 10 + x] ? 1 : 0;
                if (x + y < 8) {
                    assertThat(inside[y * 10 + x]).isTrue();
                } else if (x + y > 9) {
                    assertThat(inside[y * 10 + x]).isFalse();
                }
            }
        }
        assertThat(count).isBetween(45, 55);
    }

    @Test
    void a_region_with_its_own_srid_is_brought_into_the_crs_of_the_raster() throws ParseException {
        AlignedInputs aligned =
                align("POLYGON((10.313 46.945, 10.316 46.945, 10.316 46.947, 10.313 46.947, 10.313 46.945))", 4326);
        assertThat(aligned.grid().width()).isBetween(10, 45);
    }

    @Test
    void a_region_may_be_the_whole_world() throws ParseException {
        AlignedInputs aligned = align("POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))", 4326);
        assertThat(aligned.grid()).isEqualTo(GRID);
        assertThat(aligned.region().orElseThrow().contains(ALL)).doesNotContain(false);
    }

    @Test
    void a_region_may_be_larger_than_any_raster() throws ParseException {
        AlignedInputs aligned = align("POLYGON((-3e10 -3e10, 3e10 -3e10, 3e10 3e10, -3e10 3e10, -3e10 -3e10))", 0);
        assertThat(aligned.grid()).isEqualTo(GRID);
    }

    @Test
    void a_region_outside_of_the_raster_is_refused() {
        assertThatThrownBy(() -> align("POLYGON((0 0, 1 0, 1 1, 0 0))", 0))
                .isInstanceOf(SegmentationException.class)
                .hasMessageContaining("the region lies outside the raster");
    }

    @Test
    void a_line_is_no_region() {
        assertThatThrownBy(() -> align("LINESTRING(600000 5200000, 600100 5199900)", 0))
                .hasMessage("the region is a LineString, expected a polygon");
    }
}
