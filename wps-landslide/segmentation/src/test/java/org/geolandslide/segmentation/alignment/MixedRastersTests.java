package org.geolandslide.segmentation.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.DataBuffer;
import java.awt.image.RenderedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.media.jai.operator.MosaicDescriptor;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.Rasters;
import org.geotools.api.referencing.FactoryException;
import org.geotools.api.referencing.crs.CoordinateReferenceSystem;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.api.referencing.operation.TransformException;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.image.ImageWorker;
import org.geotools.referencing.CRS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A ramp that is linear in UTM, seen in all kinds of rasters, must be the same ramp on the grid of all kinds of other rasters.
 */
class MixedRastersTests {
    private static final RasterGrid UTM = Rasters.utm(40, 30);
    private static final ModelInput FIRST = Bands.input("first", "first");
    private static final ModelInput DEM = Bands.input("dem", "elevation");
    /** Rows and columns of the rasters that are missing where there are gaps. */
    private static final Rectangle GAP = new Rectangle(5, 4, 6, 5);

    /** Ramp values from about 60 to 200, so that bytes hold them. */
    private static double ramp(double east, double north) {
        return 100 + 0.1 * (east - 600_000) + 0.05 * (5_200_000 - north);
    }

    /** Kinds of grids around the place of the grid above. */
    enum Place {
        SAME,
        FINER,
        COARSER,
        NEIGHBOURING_ZONE,
        MERCATOR,
        LONGITUDE_FIRST,
        LATITUDE_FIRST,
        TURNED,
        SOUTH_UP;

        RasterGrid grid() {
            return switch (this) {
                case SAME -> UTM;
                case FINER -> Rasters.grid(80, 60, 599_980, 5_200_020, 7, "EPSG:32632");
                case COARSER -> Rasters.grid(24, 20, 599_900, 5_200_100, 25, "EPSG:32632");
                case NEIGHBOURING_ZONE -> around("EPSG:32633", 20);
                case MERCATOR -> around("EPSG:3857", 15);
                case LONGITUDE_FIRST -> around("EPSG:4326", 0.0002);
                case LATITUDE_FIRST -> latitudeFirst();
                case TURNED -> turned();
                case SOUTH_UP ->
                    new RasterGrid(
                            60, 50, new AffineTransform(12, 0, 0, 12, 599_900, 5_199_600), Rasters.crs("EPSG:32632"));
            };
        }
    }

    /** By thirty degrees around the middle of the other. */
    private static RasterGrid turned() {
        AffineTransform transform = AffineTransform.getTranslateInstance(600_200, 5_199_850);
        transform.rotate(Math.PI / 6);
        transform.scale(12, -12);
        transform.translate(-30, -25);
        return new RasterGrid(60, 50, transform, Rasters.crs("EPSG:32632"));
    }

    private static RasterGrid around(String code, double pixel) {
        ReferencedEnvelope envelope = transformed(Rasters.crs(code));
        envelope.expandBy(4 * pixel);
        return Rasters.grid(
                (int) Math.ceil(envelope.getWidth() / pixel),
                (int) Math.ceil(envelope.getHeight() / pixel),
                envelope.getMinX(),
                envelope.getMaxY(),
                pixel,
                code);
    }

    private static RasterGrid latitudeFirst() {
        try {
            CoordinateReferenceSystem crs = CRS.decode("EPSG:4326", false);
            ReferencedEnvelope envelope = transformed(crs);
            double pixel = 0.0002;
            envelope.expandBy(4 * pixel);
            return new RasterGrid(
                    (int) Math.ceil(envelope.getHeight() / pixel),
                    (int) Math.ceil(envelope.getWidth() / pixel),
                    new AffineTransform(0, pixel, -pixel, 0, envelope.getMaxX(), envelope.getMinY()),
                    crs);
        } catch (FactoryException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ReferencedEnvelope transformed(CoordinateReferenceSystem crs) {
        try {
            return UTM.envelope().transform(crs, true);
        } catch (FactoryException | TransformException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Content of a raster: the ramp at the centres of its pixels. */
    private static Rasters.Content rampOn(RasterGrid grid) {
        AffineTransform toWorld = grid.toWorld();
        MathTransform toUtm = transform(grid.crs(), UTM.crs());
        return (x, y, band) -> {
            double[] point = {x + 0.5, y + 0.5};
            toWorld.transform(point, 0, point, 0, 1);
            apply(toUtm, point);
            return ramp(point[0], point[1]);
        };
    }

    private static MathTransform transform(CoordinateReferenceSystem from, CoordinateReferenceSystem to) {
        try {
            return CRS.findMathTransform(from, to, true);
        } catch (FactoryException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void apply(MathTransform transform, double[] point) {
        try {
            transform.transform(point, 0, point, 0, 1);
        } catch (TransformException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How a raster says that a pixel is missing. */
    enum Gap {
        NONE(Double.NaN, false),
        DECLARED(-9999, true),
        NOT_A_NUMBER(Double.NaN, false),
        INFINITE(Double.POSITIVE_INFINITY, false),
        DECLARED_NOT_A_NUMBER(Double.NaN, true);

        private final double value;
        private final boolean declared;

        Gap(double value, boolean declared) {
            this.value = value;
            this.declared = declared;
        }

        double value(int dataType) {
            if (this != DECLARED) {
                return value;
            }
            return switch (dataType) {
                case DataBuffer.TYPE_BYTE -> 255;
                case DataBuffer.TYPE_USHORT -> 65535;
                case DataBuffer.TYPE_INT -> Integer.MIN_VALUE;
                default -> value;
            };
        }
    }

    /** How the pixels of an image are kept. */
    enum Layout {
        PLAIN {
            @Override
            RenderedImage image(RasterGrid grid, int dataType, Rasters.Content content) {
                return Rasters.image(grid, dataType, 1, content);
            }
        },
        TILED_FROM_A_NEGATIVE_CORNER {
            @Override
            RenderedImage image(RasterGrid grid, int dataType, Rasters.Content content) {
                return Bands.tiled(new Rectangle(-13, 29, grid.width(), grid.height()), 5, 16, dataType, 1, content);
            }
        },
        /** Four images side by side, which GeoTools' mosaics present as one. */
        MOSAIC {
            @Override
            RenderedImage image(RasterGrid grid, int dataType, Rasters.Content content) {
                int middle = grid.width() / 2;
                int centre = grid.height() / 2;
                List<RenderedImage> parts = new ArrayList<>();
                for (Rectangle part : List.of(
                        new Rectangle(0, 0, middle, centre),
                        new Rectangle(middle, 0, grid.width() - middle, centre),
                        new Rectangle(0, centre, middle, grid.height() - centre),
                        new Rectangle(middle, centre, grid.width() - middle, grid.height() - centre))) {
                    parts.add(Bands.tiled(
                            part, 0, 16, dataType, 1, (x, y, band) -> content.at(part.x + x, part.y + y, band)));
                }
                return new ImageWorker()
                        .mosaic(
                                parts.toArray(RenderedImage[]::new),
                                MosaicDescriptor.MOSAIC_TYPE_OVERLAY,
                                null,
                                null,
                                null,
                                null)
                        .getRenderedImage();
            }
        };

        abstract RenderedImage image(RasterGrid grid, int dataType, Rasters.Content content);
    }

    private static GridCoverage2D coverage(RasterGrid grid, int dataType, Gap gap, Layout layout) {
        Rasters.Content ramp = rampOn(grid);
        double missing = gap.value(dataType);
        RenderedImage image = layout.image(
                grid, dataType, (x, y, band) -> gap != Gap.NONE && GAP.contains(x, y) ? missing : ramp.at(x, y, band));
        return Bands.coverage(grid, image, null, gap.declared ? Nodata.properties(missing) : Map.of());
    }

    private static AlignedInput aligned(GridCoverage2D first, GridCoverage2D dem) {
        return AlignedInputs.align(List.of(FIRST, DEM), Map.of("first", first, "dem", dem), Optional.empty())
                .inputs()
                .get(1);
    }

    /** Every pixel of the target whose centre the source covers has the ramp's value, but for those that lie in the gap. */
    private static void assertIsRamp(
            AlignedInput input, RasterGrid target, RasterGrid source, Gap gap, double tolerance) {
        AlignedInput.Pixels pixels = input.read(new Rectangle(0, 0, target.width(), target.height()));
        Rasters.Content expected = rampOn(target);
        MathTransform toSource = transform(target.crs(), source.crs());
        int compared = 0;
        for (int y = 0; y < target.height(); y++) {
            for (int x = 0; x < target.width(); x++) {
                double[] place = {x + 0.5, y + 0.5};
                target.toWorld().transform(place, 0, place, 0, 1);
                apply(toSource, place);
                source.toPixels().transform(place, 0, place, 0, 1);
                if (isBetweenPixels(place)) {
                    continue;
                }
                Point pixel = new Point((int) Math.floor(place[0]), (int) Math.floor(place[1]));
                boolean covered = new Rectangle(source.width(), source.height()).contains(pixel);
                boolean valid = covered && (gap == Gap.NONE || !GAP.contains(pixel));
                int i = y * target.width() + x;
                assertThat(pixels.valid()[i]).as("pixel %d, %d", x, y).isEqualTo(valid);
                if (valid && !isAtTheEdge(place, source, gap)) {
                    compared++;
                    assertThat((double) pixels.values()[0][i])
                            .as("pixel %d, %d", x, y)
                            .isCloseTo(expected.at(x, y, 0), within(tolerance));
                }
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    /** Where rounding decides which pixel a place belongs to. */
    private static boolean isBetweenPixels(double[] place) {
        return Math.abs(place[0] - Math.rint(place[0])) < 0.06 || Math.abs(place[1] - Math.rint(place[1])) < 0.06;
    }

    /** Half a pixel in which there is nothing to interpolate with. */
    private static boolean isAtTheEdge(double[] place, RasterGrid source, Gap gap) {
        double fromEdge =
                Math.min(Math.min(place[0], source.width() - place[0]), Math.min(place[1], source.height() - place[1]));
        var around = new java.awt.geom.Rectangle2D.Double(GAP.x - 0.5, GAP.y - 0.5, GAP.width + 1, GAP.height + 1);
        return fromEdge < 0.5 || (gap != Gap.NONE && around.contains(place[0], place[1]));
    }

    static Stream<Arguments> places() {
        return Stream.of(Place.values())
                .flatMap(from -> Stream.of(Place.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest(name = "{0} onto {1}")
    @MethodSource("places")
    void a_raster_in_any_place_lies_where_it_belongs_on_any_other(Place from, Place to) {
        RasterGrid source = from.grid();
        RasterGrid target = to.grid();
        GridCoverage2D dem = coverage(source, DataBuffer.TYPE_FLOAT, Gap.DECLARED, Layout.PLAIN);
        assertIsRamp(aligned(Rasters.floats(target, (x, y, band) -> 1), dem), target, source, Gap.DECLARED, 0.02);
    }

    static Stream<Arguments> kinds() {
        List<Integer> floating = List.of(DataBuffer.TYPE_FLOAT, DataBuffer.TYPE_DOUBLE);
        return Stream.of(
                        DataBuffer.TYPE_BYTE,
                        DataBuffer.TYPE_USHORT,
                        DataBuffer.TYPE_SHORT,
                        DataBuffer.TYPE_INT,
                        DataBuffer.TYPE_FLOAT,
                        DataBuffer.TYPE_DOUBLE)
                .flatMap(type -> Stream.of(Gap.values())
                        .filter(gap -> gap == Gap.NONE || gap == Gap.DECLARED || floating.contains(type))
                        .flatMap(gap -> Stream.of(Layout.values()).map(layout -> Arguments.of(type, gap, layout))));
    }

    @ParameterizedTest(name = "type {0}, gaps {1}, {2}")
    @MethodSource("kinds")
    void a_raster_of_any_kind_is_read_right(int dataType, Gap gap, Layout layout) {
        // Whole numbers are a half off at most.
        double tolerance = dataType < DataBuffer.TYPE_FLOAT ? 1.01 : 0.02;
        for (Place place : List.of(Place.SAME, Place.COARSER, Place.MERCATOR)) {
            RasterGrid source = place.grid();
            AlignedInput input =
                    aligned(Rasters.floats(UTM, (x, y, band) -> 1), coverage(source, dataType, gap, layout));
            assertIsRamp(input, UTM, source, gap, tolerance);
        }
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void the_first_input_is_read_right_in_any_layout(Layout layout) {
        GridCoverage2D first = coverage(UTM, DataBuffer.TYPE_USHORT, Gap.NONE, layout);
        AlignedInputs aligned = AlignedInputs.align(List.of(DEM), Map.of("dem", first), Optional.empty());
        assertThat(aligned.grid()).isEqualTo(UTM);
        assertIsRamp(aligned.inputs().get(0), UTM, UTM, Gap.NONE, 1.01);
        float[] picture = Rasters.samples(aligned.picture());
        assertThat((double) picture[5 * 40 + 7]).isCloseTo(rampOn(UTM).at(7, 5, 0), within(1.01));
    }
}
