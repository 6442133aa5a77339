package org.geolandslide.segmentation.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.image.ColorModels;
import org.geolandslide.segmentation.image.LazyImage;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

/** Components and polygons of random rasters against a flood fill. */
class LandslideInventoryProperties {
    private static final double THRESHOLD = 0.5;

    /** A small raster of probabilities with gaps. */
    private record Case(RasterGrid grid, float[] values) {
        boolean isLandslide(int x, int y) {
            return x >= 0
                    && y >= 0
                    && x < grid.width()
                    && y < grid.height()
                    && values[y * grid.width() + x] >= THRESHOLD;
        }

        LandslideInventory inventory(double minimumArea) {
            var image = Rasters.image(
                    grid, java.awt.image.DataBuffer.TYPE_FLOAT, 1, (x, y, band) -> values[y * grid.width() + x]);
            return LandslideInventory.of(image, grid, THRESHOLD, minimumArea);
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 14),
                        Arbitraries.integers().between(1, 14),
                        Arbitraries.doubles().between(0.2, 0.9),
                        Arbitraries.longs())
                .as((width, height, share, seed) -> {
                    var random = new java.util.SplittableRandom(seed);
                    float[] values = new float[width * height];
                    for (int i = 0; i < values.length; i++) {
                        double kind = random.nextDouble();
                        values[i] = kind < 0.05
                                ? Float.NaN
                                : (float) (kind < share ? random.nextDouble(0.5, 1) : random.nextDouble(0, 0.5));
                    }
                    return new Case(Rasters.utm(width, height), values);
                });
    }

    @Example
    void the_outline_of_a_large_component_needs_no_memory_for_what_is_around_it() {
        // An L along two edges of a rectangle that has more pixels than an array.
        int side = 50_000;
        List<Run> runs = new ArrayList<>();
        runs.add(new Run(0, 0, side, side, 1));
        for (int row = 1; row < side; row++) {
            runs.add(new Run(row, 0, 1, 1, 1));
        }
        Polygon outline = RingTracer.trace(runs, new GeometryFactory());
        assertThat(outline.getNumPoints()).isEqualTo(7);
        assertThat(outline.getArea()).isEqualTo(2.0 * side - 1);
        assertThat(outline.getLength()).isEqualTo(4.0 * side);
    }

    @Property(tries = 500)
    void every_component_becomes_one_valid_polygon_of_its_pixels(@ForAll("cases") Case raster) {
        List<List<int[]>> expected = floodFill(raster);
        List<Landslide> found = raster.inventory(0).landslides();
        assertThat(found).hasSameSizeAs(expected);
        GeometryFactory factory = new GeometryFactory();
        for (List<int[]> component : expected) {
            int[] first = component.get(0);
            var centre = factory.createPoint(world(raster.grid(), first));
            Landslide landslide = found.stream()
                    .filter(candidate -> candidate.outline().contains(centre))
                    .findFirst()
                    .orElseThrow();
            assertThat(landslide.outline().isValid()).isTrue();
            assertThat(landslide.outline().getArea()).isCloseTo(100.0 * component.size(), within(1e-3));
            for (int[] pixel : component) {
                assertThat(landslide.outline().contains(factory.createPoint(world(raster.grid(), pixel))))
                        .isTrue();
            }
            double mean = component.stream()
                    .mapToDouble(
                            pixel -> raster.values()[pixel[1] * raster.grid().width() + pixel[0]])
                    .average()
                    .orElseThrow();
            double maximum = component.stream()
                    .mapToDouble(
                            pixel -> raster.values()[pixel[1] * raster.grid().width() + pixel[0]])
                    .max()
                    .orElseThrow();
            assertThat(landslide.meanProbability()).isCloseTo(mean, within(1e-6));
            assertThat(landslide.maximumProbability()).isCloseTo(maximum, within(1e-9));
        }
    }

    @Property(tries = 300)
    void counts_are_those_of_the_pixels(@ForAll("cases") Case raster) {
        LandslideInventory inventory = raster.inventory(0);
        long valid = 0;
        long landslide = 0;
        for (float value : raster.values()) {
            valid += Float.isNaN(value) ? 0 : 1;
            landslide += value >= THRESHOLD ? 1 : 0;
        }
        assertThat(inventory.validPixels()).isEqualTo(valid);
        assertThat(inventory.landslidePixels()).isEqualTo(landslide);
    }

    @Property(tries = 300)
    void a_minimum_area_drops_the_same_landslides_from_polygons_counts_and_mask(@ForAll("cases") Case raster) {
        // A pixel has 100 square metres, on the ellipsoid a little less or more.
        LandslideInventory inventory = raster.inventory(250);
        List<List<int[]>> kept = floodFill(raster).stream()
                .filter(component -> component.size() >= 3)
                .toList();
        assertThat(inventory.landslides()).hasSameSizeAs(kept);
        long pixels = kept.stream().mapToLong(List::size).sum();
        assertThat(inventory.landslidePixels()).isEqualTo(pixels);
        int width = raster.grid().width();
        var image = Rasters.image(
                raster.grid(), java.awt.image.DataBuffer.TYPE_FLOAT, 1, (x, y, band) -> raster.values()[y * width + x]);
        float[] mask = Rasters.samples(new MaskImage(image, THRESHOLD, java.util.Optional.of(() -> inventory)));
        long painted = 0;
        for (int i = 0; i < mask.length; i++) {
            painted += mask[i] == ColorModels.LANDSLIDE ? 1 : 0;
            assertThat(mask[i] == ColorModels.NODATA).isEqualTo(Float.isNaN(raster.values()[i]));
        }
        assertThat(painted).isEqualTo(pixels);
        boolean[] dropped =
                inventory.dropped(new Rectangle(0, 0, width, raster.grid().height()));
        for (int i = 0; i < dropped.length; i++) {
            assertThat(dropped[i]).isEqualTo(raster.values()[i] >= THRESHOLD && mask[i] != ColorModels.LANDSLIDE);
        }
    }

    @Property(tries = 30)
    void components_hang_together_across_tiles(@ForAll long seed) {
        int width = LazyImage.TILE + 40;
        var random = new java.util.SplittableRandom(seed);
        float[] values = new float[width * 6];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextDouble() < 0.6 ? 0.9f : 0.1f;
        }
        RasterGrid grid = Rasters.utm(width, 6);
        LazyImage tiled = new LazyImage(width, 6, ColorModels.floats(), 4) {
            @Override
            protected void compute(java.awt.image.WritableRaster tile, Rectangle pixels) {
                for (int y = 0; y < pixels.height; y++) {
                    for (int x = pixels.x; x < pixels.x + pixels.width; x++) {
                        tile.setSample(x, y, 0, values[y * width + x]);
                    }
                }
            }
        };
        assertThat(LandslideInventory.of(tiled, grid, THRESHOLD, 0).landslides())
                .hasSameSizeAs(floodFill(new Case(grid, values)));
    }

    private static Coordinate world(RasterGrid grid, int[] pixel) {
        double[] point = {pixel[0] + 0.5, pixel[1] + 0.5};
        grid.toWorld().transform(point, 0, point, 0, 1);
        return new Coordinate(point[0], point[1]);
    }

    private static List<List<int[]>> floodFill(Case raster) {
        int width = raster.grid().width();
        int height = raster.grid().height();
        boolean[] seen = new boolean[width * height];
        List<List<int[]>> components = new ArrayList<>();
        for (int start = 0; start < seen.length; start++) {
            if (seen[start] || !raster.isLandslide(start % width, start / width)) {
                continue;
            }
            List<int[]> component = new ArrayList<>();
            Deque<int[]> open = new ArrayDeque<>();
            open.add(new int[] {start % width, start / width});
            seen[start] = true;
            while (!open.isEmpty()) {
                int[] pixel = open.poll();
                component.add(pixel);
                int[][] neighbours = {
                    {pixel[0] - 1, pixel[1]},
                    {pixel[0] + 1, pixel[1]},
                    {pixel[0], pixel[1] - 1},
                    {pixel[0], pixel[1] + 1}
                };
                for (int[] next : neighbours) {
                    if (raster.isLandslide(next[0], next[1]) && !seen[next[1] * width + next[0]]) {
                        seen[next[1] * width + next[0]] = true;
                        open.add(next);
                    }
                }
            }
            components.add(component);
        }
        return components;
    }
}
