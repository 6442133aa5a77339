package org.geolandslide.segmentation.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.geolandslide.model.TinyModel;
import org.geolandslide.segmentation.Rasters;
import org.geolandslide.segmentation.alignment.RasterGrid;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.geotools.api.data.Query;
import org.geotools.api.feature.type.Name;
import org.geotools.api.filter.expression.Expression;
import org.geotools.api.parameter.GeneralParameterValue;
import org.geotools.api.parameter.ParameterValue;
import org.geotools.api.parameter.ParameterValueGroup;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.grid.GridEnvelope2D;
import org.geotools.coverage.grid.GridGeometry2D;
import org.geotools.coverage.grid.io.AbstractGridFormat;
import org.geotools.coverage.processing.CoverageProcessor;
import org.geotools.data.util.DefaultProgressListener;
import org.geotools.factory.CommonFactoryFinder;
import org.geotools.feature.NameImpl;
import org.geotools.filter.ExpressionDOMParser;
import org.geotools.filter.function.RenderingTransformation;
import org.geotools.gce.geotiff.GeoTiffReader;
import org.geotools.geometry.jts.ReferencedEnvelope;
import org.geotools.process.ProcessException;
import org.geotools.process.Processors;
import org.geotools.process.RenderingProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The rendering transformation as GeoTools' renderer uses it, which is not on the class path: taken from the style, asked what to read,
 * fed with what a GeoTIFF's reader gave, drawn.
 */
class LiveSegmentProcessTests {
    private static final Name LIVE = new NameImpl("landslide", "LiveSegment");
    /** Pixels of two metres, those of the tiny models. */
    private static final RasterGrid GRID = Rasters.grid(600, 400, 600_000, 5_200_000, 2, "EPSG:32632");

    private static final int WINDOW = 32;
    private static final int OVERLAP = 8;

    @TempDir
    private Path folder;

    @BeforeEach
    void installModels() throws Exception {
        TinyModel.OPTICAL.write(folder.resolve("optical.zip"), WINDOW, OVERLAP);
        TinyModel.BLURRED_OPTICAL.write(folder.resolve("blurred.zip"), WINDOW, OVERLAP);
        TinyModel.RED.write(folder.resolve("red.zip"), WINDOW, OVERLAP);
        System.setProperty("landslide.models", folder.toString());
        GeoTiffFile.write(Rasters.red(GRID, (x, y, band) -> texture(x, y)), folder.resolve("layer.tif"));
    }

    @AfterEach
    void forgetModels() {
        System.clearProperty("landslide.models");
        System.clearProperty("landslide.models.default");
    }

    /** Never 0, which is no data. */
    private static double texture(int x, int y) {
        return 1 + (x * 37 + y * 91 + x * y) % 251;
    }

    /** The transformation of the style that we ship. */
    private static RenderingTransformation ofStyle() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Path style = Path.of("..", "..", "geoserver-data", "styles", "landslide-live.sld");
        Element transformation = (Element) factory.newDocumentBuilder()
                .parse(style.toFile())
                .getElementsByTagNameNS("http://www.opengis.net/sld", "Transformation")
                .item(0);
        Node function = transformation.getFirstChild();
        while (!(function instanceof Element)) {
            function = function.getNextSibling();
        }
        Expression expression = new ExpressionDOMParser(CommonFactoryFinder.getFilterFactory()).expression(function);
        assertThat(expression).isInstanceOf(RenderingTransformation.class);
        return (RenderingTransformation) expression;
    }

    /** A map of pixels of the raster. */
    private static GridGeometry2D map(int x, int y, int width, int height) {
        return GRID.part(new Rectangle(x, y, width, height)).geometry();
    }

    /** What a reader gives when it is asked for a grid, cut to it: at full resolution, the reader of GeoTIFFs gives the whole file. */
    private GridCoverage2D read(GridGeometry2D wanted) throws Exception {
        GeoTiffReader reader = new GeoTiffReader(folder.resolve("layer.tif").toFile());
        ParameterValue<GridGeometry2D> grid = AbstractGridFormat.READ_GRIDGEOMETRY2D.createValue();
        grid.setValue(wanted);
        CoverageProcessor processor = CoverageProcessor.getInstance();
        ParameterValueGroup crop = processor.getOperation("CoverageCrop").getParameters();
        crop.parameter("Source").setValue(reader.read(new GeneralParameterValue[] {grid}));
        crop.parameter("Envelope").setValue(wanted.getEnvelope2D());
        return (GridCoverage2D) processor.doOperation(crop);
    }

    private static GridGeometry2D invert(RenderingTransformation transformation, GridGeometry2D map) {
        return (GridGeometry2D) transformation.invertGridGeometry(Query.ALL, map);
    }

    private static RenderingProcess process() {
        return (RenderingProcess) Processors.createProcess(LIVE);
    }

    private static GridGeometry2D invert(Map<String, Object> inputs, GridGeometry2D map) {
        return (GridGeometry2D) process().invertGridGeometry(inputs, Query.ALL, map);
    }

    /** The part of a result that a map shows, row-major; the result's pixels are those of the raster. */
    private static float[] shown(GridCoverage2D result, int x, int y, int width, int height) {
        RasterGrid grid = RasterGrid.of(result);
        int left = (int) Math.round((GRID.envelope().getMinX() - grid.envelope().getMinX()) / 2) + x;
        int top = (int) Math.round((grid.envelope().getMaxY() - GRID.envelope().getMaxY()) / 2) + y;
        return result.getRenderedImage()
                .getData(new Rectangle(left, top, width, height))
                .getSamples(left, top, width, height, 0, (float[]) null);
    }

    @Test
    void it_is_a_rendering_process_with_described_inputs() {
        assertThat(Processors.createProcess(LIVE)).isInstanceOf(RenderingProcess.class);
        assertThat(Processors.getParameterInfo(LIVE))
                .containsOnlyKeys("data", "model", "resolution", "product", "threshold", "maxWindows", "device");
        // GeoTools makes functions of processes with one result only.
        assertThat(Processors.getResultInfo(LIVE, Map.of())).containsOnlyKeys("result");
    }

    @Test
    void the_style_shows_what_the_default_network_says() throws Exception {
        System.setProperty("landslide.models.default", "optical-only");
        RenderingTransformation transformation = ofStyle();
        GridCoverage2D read = read(invert(transformation, map(200, 150, 60, 40)));
        GridCoverage2D result = (GridCoverage2D) transformation.evaluate(read);
        float[] probability = shown(result, 200, 150, 60, 40);
        for (int i = 0; i < probability.length; i++) {
            assertThat(probability[i])
                    .isCloseTo((float) texture(200 + i % 60, 150 + i / 60) / 255, within(Rasters.PRECISION));
        }
    }

    @Test
    void only_what_is_in_view_and_its_context_is_read_and_run() throws Exception {
        Map<String, Object> inputs = new HashMap<>(Map.of("model", "optical-only"));
        GridCoverage2D read = read(invert(inputs, map(200, 150, 60, 40)));
        // A window around the view, and up to a stride to begin where windows begin.
        int stride = WINDOW - OVERLAP;
        assertThat(read.getRenderedImage().getWidth()).isBetween(60 + 2 * WINDOW, 60 + 2 * WINDOW + stride);
        assertThat(read.getRenderedImage().getHeight()).isBetween(40 + 2 * WINDOW, 40 + 2 * WINDOW + stride);
        ReferencedEnvelope covered = RasterGrid.of(read).envelope();
        assertThat(covered.contains((org.locationtech.jts.geom.Envelope)
                        RasterGrid.of(read(map(200, 150, 60, 40))).envelope()))
                .isTrue();
        inputs.put("data", read);
        long[] done = {0};
        DefaultProgressListener listener = new DefaultProgressListener() {
            @Override
            public void progress(float percent) {
                super.progress(percent);
                done[0]++;
            }
        };
        GridCoverage2D result =
                (GridCoverage2D) process().execute(inputs, listener).get("result");
        // Nothing is run before something is drawn.
        assertThat(done[0]).isZero();
        shown(result, 200, 150, 60, 40);
        assertThat(done[0]).isPositive();
        // At most 148 x 128 pixels: 7 x 6 windows of 32 with a stride of 24; the whole raster has 25 x 17.
        String task = listener.getTask().toString();
        assertThat(task).matches("window [0-9]+ of [0-9]+");
        Matcher counts = Pattern.compile("[0-9]+").matcher(task);
        while (counts.find()) {
            assertThat(Integer.parseInt(counts.group())).isBetween(1, 7 * 6);
        }
    }

    @Test
    void neighbouring_maps_have_no_seam() throws Exception {
        // Of a network that sees 9 x 9 pixels and puts zeros around its windows, so that it matters where they lie.
        Map<String, Object> inputs = new HashMap<>(Map.of("model", "blurred-optical"));
        float[][] overlap = new float[2][];
        int[][] views = {{200, 150, 60, 40}, {237, 161, 70, 50}};
        for (int i = 0; i < views.length; i++) {
            inputs.put("data", read(invert(inputs, map(views[i][0], views[i][1], views[i][2], views[i][3]))));
            GridCoverage2D result =
                    (GridCoverage2D) process().execute(inputs, null).get("result");
            overlap[i] = shown(result, 237, 161, 23, 29);
        }
        assertThat(overlap[0]).containsExactly(overlap[1], within(Rasters.PRECISION));
    }

    @Test
    void the_mask_is_drawn_with_the_threshold_that_is_asked_for() throws Exception {
        Map<String, Object> inputs =
                new HashMap<>(Map.of("model", "optical-only", "product", "mask", "threshold", 0.3));
        inputs.put("data", read(invert(Map.of("model", "optical-only"), map(200, 150, 60, 40))));
        GridCoverage2D result = (GridCoverage2D) process().execute(inputs, null).get("result");
        float[] mask = shown(result, 200, 150, 60, 40);
        for (int i = 0; i < mask.length; i++) {
            assertThat(mask[i]).isEqualTo(texture(200 + i % 60, 150 + i / 60) / 255 >= 0.3 ? 1 : 0);
        }
    }

    @Test
    void smaller_pixels_of_a_map_are_replaced_by_those_that_the_network_wants() throws Exception {
        // Web Mercator at 47 degrees north stretches by 1.46: two metres on the ground are 2.9 of its metres.
        ReferencedEnvelope view = new ReferencedEnvelope(
                        600_200, 600_320, 5_199_500, 5_199_600, Rasters.crs("EPSG:32632"))
                .transform(Rasters.crs("EPSG:3857"), true);
        GridGeometry2D map = new GridGeometry2D(new GridEnvelope2D(0, 0, 1200, 1000), view);
        GridGeometry2D read = invert(Map.of("model", "optical-only"), map);
        AffineTransform pixels = (AffineTransform) read.getGridToCRS2D();
        assertThat(pixels.getScaleX()).isCloseTo(2.9, within(1e-9));
        assertThat(pixels.getScaleY()).isCloseTo(-2.9, within(1e-9));
        assertThat(read.getEnvelope2D().contains((org.locationtech.jts.geom.Envelope) view))
                .isTrue();
        assertThat(read.getGridRange2D().width).isBetween(60 + 2 * WINDOW, 66 + 3 * WINDOW);
        // The first pixel is a multiple of the stride away from the origin of the CRS.
        double first = read.getEnvelope2D().getMinX() / 2.9 / (WINDOW - OVERLAP);
        assertThat(first).isCloseTo(Math.rint(first), within(1e-6));
        // Another resolution on demand.
        AffineTransform coarser = (AffineTransform)
                invert(Map.of("model", "optical-only", "resolution", 4.0), map).getGridToCRS2D();
        assertThat(coarser.getScaleX()).isCloseTo(5.8, within(1e-9));
    }

    @Test
    void a_map_that_is_too_coarse_is_refused() {
        GridGeometry2D map = new GridGeometry2D(new GridEnvelope2D(0, 0, 100, 100), GRID.envelope());
        assertThatThrownBy(() -> invert(Map.of("model", "optical-only"), map))
                .isInstanceOf(ProcessException.class)
                .hasMessageMatching(
                        "the map has pixels of 9.8. m, expected at most 4.00 m for a network that wants 2.00 m;"
                                + " zoom in");
    }

    @Test
    void what_does_not_fit_is_refused_with_a_reason() throws Exception {
        GridCoverage2D small = read(map(0, 0, 60, 40));
        assertRefused(
                small, "model", "red-share", "model 'red-share' takes [optical, dem]; a style can give it its own");
        assertRefused(small, "product", "entropy", "product is 'entropy', expected probability or mask");
        assertRefused(small, "threshold", 1.5, "threshold is 1.5, expected a probability above 0 and below 1");
        assertRefused(small, "resolution", -1.0, "resolution is -1.0, expected metres per pixel above 0");
        assertRefused(small, "resolution", 0.5, "the raster came with pixels of 2.00 m, expected 0.25 to 1.00 m");
        assertRefused(small, "resolution", 9.0, "the raster came with pixels of 2.00 m, expected 4.50 to 18.00 m");
        assertRefused(
                small, "maxWindows", 5, "the map needs up to 6 windows of model 'optical-only', expected at most 5");
        assertRefused(read(map(0, 0, 600, 400)), "product", "mask", "needs up to 425 windows");
    }

    private static void assertRefused(GridCoverage2D data, String name, Object value, String message) {
        Map<String, Object> inputs = new HashMap<>(Map.of("model", "optical-only", "data", data));
        inputs.put(name, value);
        assertThatThrownBy(() -> process().execute(inputs, null))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining(message);
    }
}
