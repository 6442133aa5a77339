package org.geolandslide.segmentation.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.DataBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Polygon;

/** Simplified outlines of random rasters of 10 m pixels, and of known ones. */
class OutlineSimplifierProperties {

    /** Landslides of a raster, the same ones in the same order whatever becomes of their outlines. */
    private static List<Landslide> landslides(RasterGrid grid, Rasters.Content probability, OptionalDouble tolerance) {
        var image = Rasters.image(grid, DataBuffer.TYPE_FLOAT, 1, probability);
        Comparator<Landslide> order = Comparator.<Landslide>comparingDouble(Landslide::area)
                .thenComparingDouble(Landslide::meanProbability)
                .thenComparingDouble(Landslide::maximumProbability);
        return LandslideInventory.of(image, grid, 0.5, 0, tolerance).landslides().stream()
                .sorted(order)
                .toList();
    }

    private record Case(int width, int height, float[] values) {
        List<Landslide> landslides(OptionalDouble tolerance) {
            return OutlineSimplifierProperties.landslides(
                    Rasters.utm(width, height), (x, y, band) -> values[y * width + x], tolerance);
        }
    }

    /** Noise, from single pixels to large patches, so that there are touching corners, holes, and landslides in holes. */
    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.integers().between(2, 30),
                        Arbitraries.integers().between(2, 30),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.doubles().between(0.3, 0.7),
                        Arbitraries.longs())
                .as((width, height, grain, share, seed) -> {
                    var random = new SplittableRandom(seed);
                    float[] values = new float[width * height];
                    for (int i = 0; i < values.length; i++) {
                        int x = i % width;
                        int y = i / width;
                        boolean first = x % grain == 0 && y % grain == 0;
                        boolean landslide = first
                                ? random.nextDouble() < share
                                : values[(y - y % grain) * width + x - x % grain] >= 0.5;
                        // A little noise on top of the patches, and a probability that tells landslides apart.
                        boolean flipped = !first && random.nextDouble() < 0.1;
                        values[i] = (float) (landslide != flipped ? random.nextDouble(0.5, 1) : 0.1);
                    }
                    return new Case(width, height, values);
                });
    }

    @Property(tries = 400)
    void outlines_stay_valid_and_apart_and_keep_holes_and_about_their_areas(
            @ForAll("cases") Case raster, @ForAll @DoubleRange(min = 1, max = 80) double tolerance) {
        List<Landslide> originals = raster.landslides(OptionalDouble.empty());
        List<Landslide> simplified = raster.landslides(OptionalDouble.of(tolerance));
        assertThat(simplified).hasSameSizeAs(originals);
        for (int i = 0; i < simplified.size(); i++) {
            Polygon original = originals.get(i).outline();
            Polygon outline = simplified.get(i).outline();
            assertThat(outline.isValid()).as(outline::toText).isTrue();
            assertThat(outline.getNumInteriorRing()).isEqualTo(original.getNumInteriorRing());
            assertThat(outline.getArea()).isCloseTo(original.getArea(), within(original.getArea() * 0.1001));
            assertThat(corners(original)).containsAll(corners(outline));
            assertThat(Orientation.isCCW(outline.getExteriorRing().getCoordinateSequence()))
                    .isTrue();
            assertThat(simplified.get(i).area()).isEqualTo(originals.get(i).area());
            assertThat(simplified.get(i).perimeter()).isEqualTo(originals.get(i).perimeter());
            assertThat(simplified.get(i).meanProbability())
                    .isEqualTo(originals.get(i).meanProbability());
            for (int j = 0; j < i; j++) {
                Polygon other = simplified.get(j).outline();
                assertThat(outline.relate(other, "T********"))
                        .as("%s overlaps %s", outline, other)
                        .isFalse();
            }
        }
    }

    private static Set<Coordinate> corners(Polygon polygon) {
        return new HashSet<>(Arrays.asList(polygon.getCoordinates()));
    }

    @Property(tries = 100)
    void a_tolerance_of_zero_changes_nothing(@ForAll("cases") Case raster) {
        List<Landslide> originals = raster.landslides(OptionalDouble.empty());
        List<Landslide> simplified = raster.landslides(OptionalDouble.of(0));
        for (int i = 0; i < originals.size(); i++) {
            assertThat(simplified.get(i).outline().equalsTopo(originals.get(i).outline()))
                    .isTrue();
            assertThat(simplified.get(i).outline().getNumPoints())
                    .isEqualTo(originals.get(i).outline().getNumPoints());
        }
    }

    /** Forty steps down a diagonal, and the straight sides below and to the left. */
    private static int cornersOfStairs(RasterGrid grid, OptionalDouble tolerance) {
        return landslides(grid, (x, y, band) -> x <= y ? 0.9 : 0.1, tolerance)
                        .get(0)
                        .outline()
                        .getNumPoints()
                - 1;
    }

    @Example
    void stairs_become_a_slope_from_the_root_of_half_a_pixel_on() {
        RasterGrid grid = Rasters.utm(40, 40);
        assertThat(cornersOfStairs(grid, OptionalDouble.empty())).isEqualTo(82);
        assertThat(cornersOfStairs(grid, OptionalDouble.of(7.0))).isEqualTo(82);
        assertThat(cornersOfStairs(grid, OptionalDouble.of(7.2))).isLessThan(41);
        assertThat(cornersOfStairs(grid, OptionalDouble.of(10))).isLessThan(10);
    }

    @Example
    void the_tolerance_is_in_metres_where_the_raster_has_degrees() {
        // Around 60 N 0.002 by 0.001 degree are 111.6 by 111.4 m: half a pixel is 78.8 m squared.
        RasterGrid grid = new RasterGrid(
                40, 40, new java.awt.geom.AffineTransform(0.002, 0, 0, -0.001, 10, 60.02), Rasters.crs("EPSG:4326"));
        assertThat(cornersOfStairs(grid, OptionalDouble.of(78))).isEqualTo(82);
        assertThat(cornersOfStairs(grid, OptionalDouble.of(80))).isLessThan(41);
    }

    @Example
    void a_landslide_in_the_hole_of_another_stays_there() {
        // A frame of 12 x 12 pixels, three wide around a block of 3 x 3 that touches it nowhere.
        List<Landslide> found = landslides(
                Rasters.utm(14, 14),
                (x, y, band) -> {
                    int ring = Math.min(Math.min(x, y), Math.min(13 - x, 13 - y));
                    boolean block = x >= 5 && x <= 7 && y >= 5 && y <= 7;
                    return (ring >= 1 && ring <= 3) || block ? 0.8 : 0.1;
                },
                OptionalDouble.of(25));
        Polygon block = found.get(0).outline();
        Polygon frame = found.get(1).outline();
        assertThat(frame.getNumInteriorRing()).isEqualTo(1);
        assertThat(block.disjoint(frame)).isTrue();
        Envelope hole = frame.getInteriorRingN(0).getEnvelopeInternal();
        assertThat(hole.contains(block.getEnvelopeInternal())).isTrue();
    }
}
