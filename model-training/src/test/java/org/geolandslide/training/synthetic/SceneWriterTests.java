package org.geolandslide.training.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.geotools.api.geometry.Position;
import org.geotools.api.parameter.GeneralParameterValue;
import org.geotools.api.referencing.operation.MathTransform;
import org.geotools.coverage.grid.GridCoverage2D;
import org.geotools.coverage.util.CoverageUtilities;
import org.geotools.gce.geotiff.GeoTiffReader;
import org.geotools.geometry.Position2D;
import org.geotools.referencing.CRS;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SceneWriterTests {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 200;

    private final SyntheticScene scene = SyntheticScene.generate(SceneSpecification.of(9, WIDTH, HEIGHT));
    private SceneFiles files = new SceneFiles(Path.of(""), Path.of(""), Path.of(""));

    @BeforeAll
    void write(@TempDir Path directory) throws IOException {
        files = SceneWriter.write(scene, directory.resolve("new/folder"));
    }

    @Test
    void theOpticalImageHasItsGridItsBandsAndItsNoData() throws Exception {
        GridCoverage2D optical = read(files.optical());
        assertThat(CRS.lookupEpsgCode(optical.getCoordinateReferenceSystem2D(), false))
                .isEqualTo(32632);
        assertThat(optical.getEnvelope2D().getMinX()).isEqualTo(652_000);
        assertThat(optical.getEnvelope2D().getMaxY()).isEqualTo(5_204_000);
        assertThat(optical.getEnvelope2D().getWidth()).isEqualTo(2.0 * WIDTH);
        assertThat(optical.getEnvelope2D().getHeight()).isEqualTo(2.0 * HEIGHT);
        assertThat(CoverageUtilities.getNoDataProperty(optical).getAsSingleValue())
                .isZero();
        assertThat(optical.getRenderedImage().getTileWidth()).isEqualTo(512);
        Raster pixels = optical.getRenderedImage().getData();
        assertThat(pixels.getNumBands()).isEqualTo(3);
        for (int band = 0; band < 3; band++) {
            assertThat(pixels.getSample(100, 50, band)).isEqualTo(scene.optical(band)[50 * WIDTH + 100] & 0xFF);
        }
        optical.dispose(true);
    }

    @Test
    void theMaskLiesOnTheGridOfTheOpticalImage() throws Exception {
        GridCoverage2D mask = read(files.mask());
        assertThat((Object) mask.getEnvelope2D())
                .isEqualTo(read(files.optical()).getEnvelope2D());
        assertThat(CoverageUtilities.getNoDataProperty(mask).getAsSingleValue()).isEqualTo(255);
        int[] samples = mask.getRenderedImage().getData().getSamples(0, 0, WIDTH, HEIGHT, 0, (int[]) null);
        byte[] expected = scene.mask();
        for (int i = 0; i < samples.length; i++) {
            assertThat(samples[i]).isEqualTo(expected[i] & 0xFF);
        }
        mask.dispose(true);
    }

    @Test
    void theTerrainModelCoversTheOpticalImageAndAgreesWithTheGround() throws Exception {
        GridCoverage2D dem = read(files.dem());
        assertThat(CRS.lookupEpsgCode(dem.getCoordinateReferenceSystem2D(), false))
                .isEqualTo(3035);
        assertThat(dem.getEnvelope2D().getWidth() / dem.getRenderedImage().getWidth())
                .isEqualTo(5);
        assertThat(CoverageUtilities.getNoDataProperty(dem).getAsSingleValue()).isEqualTo(-9999);
        MathTransform toDem = CRS.findMathTransform(CRS.decode("EPSG:32632", true), CRS.decode("EPSG:3035", true));
        double squares = 0;
        int count = 0;
        for (int row = 0; row < HEIGHT; row += 7) {
            for (int column = 0; column < WIDTH; column += 7) {
                Position place = toDem.transform(
                        new Position2D(652_000 + 2 * (column + 0.5), 5_204_000 - 2 * (row + 0.5)), null);
                float[] found = dem.evaluate(place, (float[]) null);
                // The nearest cell may lie 3.5 m away: on a slope of 45 degrees as much higher or lower.
                double difference = found[0] - scene.height(column, row);
                assertThat(Math.abs(difference)).isLessThan(7);
                squares += difference * difference;
                count++;
            }
        }
        assertThat(Math.sqrt(squares / count)).isLessThan(1.8);
        dem.dispose(true);
    }

    @Test
    void theTerrainModelCanBeGeographic(@TempDir Path directory) throws Exception {
        SceneFiles geographic = SceneWriter.write(scene("EPSG:32632", "EPSG:4326"), directory.resolve("geographic"));
        GridCoverage2D dem = read(geographic.dem());
        assertThat(CRS.lookupEpsgCode(dem.getCoordinateReferenceSystem2D(), false))
                .isEqualTo(4326);
        assertThat(dem.getEnvelope2D().getCenterX()).isBetween(10.99, 11.02);
        dem.dispose(true);
    }

    @Test
    void theSameSceneGivesTheSameFiles(@TempDir Path directory) throws IOException {
        SceneFiles again =
                SceneWriter.write(SyntheticScene.generate(scene.specification()), directory.resolve("again"));
        assertThat(again.optical()).hasSameBinaryContentAs(files.optical());
        assertThat(again.dem()).hasSameBinaryContentAs(files.dem());
        assertThat(again.mask()).hasSameBinaryContentAs(files.mask());
    }

    @Test
    void refusesASystemThatIsUnknownOrNotProjected(@TempDir Path directory) {
        Path nowhere = directory.resolve("refused");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SceneWriter.write(scene("EPSG:99999", "EPSG:3035"), nowhere))
                .withMessage("crs: found EPSG:99999, expected a code of the EPSG database");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SceneWriter.write(scene("EPSG:4326", "EPSG:3035"), nowhere))
                .withMessage("crs: found EPSG:4326, expected a projected system");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SceneWriter.write(scene("EPSG:32632", "EPSG:99999"), nowhere))
                .withMessageStartingWith("demCrs: found EPSG:99999");
        assertThat(Files.exists(nowhere)).isFalse();
    }

    private static SyntheticScene scene(String crs, String demCrs) {
        return SyntheticScene.generate(
                new SceneSpecification(4, 128, 128, 2, crs, 652_000, 5_204_000, demCrs, 5, 0.05));
    }

    private static GridCoverage2D read(Path file) throws IOException {
        GeoTiffReader reader = new GeoTiffReader(file.toFile());
        try {
            return reader.read(new GeneralParameterValue[0]);
        } finally {
            reader.dispose();
        }
    }
}
