package org.geolandslide.training.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SceneSpecificationTests {

    private static final SceneSpecification USUAL = SceneSpecification.of(1, 256, 300);

    @Test
    void usualValuesAreTwoMetrePixelsAndACoarserTerrainModelInAnotherSystem() {
        assertThat(USUAL.width()).isEqualTo(256);
        assertThat(USUAL.height()).isEqualTo(300);
        assertThat(USUAL.groundSampleDistance()).isEqualTo(2);
        assertThat(USUAL.demResolution()).isEqualTo(5);
        assertThat(USUAL.demCrs()).isNotEqualTo(USUAL.crs());
    }

    @Test
    void refusesASizeOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SceneSpecification.of(1, 64, 256))
                .withMessage("width: found 64.0, expected 128.0 to 8192.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SceneSpecification.of(1, 256, 9000))
                .withMessageStartingWith("height: found 9000");
    }

    @Test
    void refusesANonsensicalResolution() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(0, "EPSG:32632", "EPSG:3035", 5, 0.07))
                .withMessageStartingWith("groundSampleDistance: found 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Double.NaN, "EPSG:32632", "EPSG:3035", 5, 0.07))
                .withMessageStartingWith("groundSampleDistance: found NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(2, "EPSG:32632", "EPSG:3035", 500, 0.07))
                .withMessageStartingWith("demResolution: found 500.0, expected 1.0 to 100.0");
    }

    @Test
    void refusesAShareOfLandslidesThatNoSceneCanHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(2, "EPSG:32632", "EPSG:3035", 5, 0.5))
                .withMessageStartingWith("landslideShare: found 0.5");
    }

    @Test
    void refusesASystemThatIsNotAnEpsgCode() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(2, "UTM 32", "EPSG:3035", 5, 0.07))
                .withMessage("crs: found 'UTM 32', expected a code such as EPSG:32632");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(2, "EPSG:32632", "", 5, 0.07))
                .withMessageStartingWith("demCrs: found ''");
    }

    private static SceneSpecification with(
            double groundSampleDistance, String crs, String demCrs, double demResolution, double landslideShare) {
        return new SceneSpecification(
                1, 256, 256, groundSampleDistance, crs, 652_000, 5_204_000, demCrs, demResolution, landslideShare);
    }
}
