package org.geolandslide.segmentation.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.geolandslide.model.ModelInput;
import org.geolandslide.segmentation.io.GeoTiffFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, scales and offsets that GDAL wrote into a GeoTIFF. */
class GdalMetadataTests {
    @TempDir
    private Path folder;

    private static AlignedInput.Pixels read(ModelInput input, Path file, int pixels) throws IOException {
        try (GeoTiffFile open = GeoTiffFile.open(file)) {
            return AlignedInputs.align(List.of(input), Map.of(input.name(), open.coverage()), Optional.empty())
                    .inputs()
                    .get(0)
                    .read(new Rectangle(0, 0, pixels, 1));
        }
    }

    private static String item(String name, int band, String role, String value) {
        return "<Item name=\"" + name + "\" sample=\"" + band + "\" role=\"" + role + "\">" + value + "</Item>\n";
    }

    @Test
    void bands_are_found_by_their_descriptions() throws IOException {
        short[][][] samples = {{{1, 2, 3, 4}, {5, 6, 7, 8}}};
        String names = item("DESCRIPTION", 0, "description", "Blue")
                + item("DESCRIPTION", 1, "description", "Green")
                + item("DESCRIPTION", 2, "description", "Red")
                + item("DESCRIPTION", 3, "description", "NIR");
        Path file = GdalTiff.write(folder.resolve("named.tif"), samples, names, "-9999");
        AlignedInput.Pixels pixels = read(Bands.input("optical", "nir", "red", "green"), file, 2);
        assertThat(pixels.values()[0]).containsExactly(4, 8);
        assertThat(pixels.values()[1]).containsExactly(3, 7);
        assertThat(pixels.values()[2]).containsExactly(2, 6);
    }

    @Test
    void without_descriptions_bands_are_taken_in_order() throws IOException {
        short[][][] samples = {{{1, 2, 3, 4}, {5, 6, 7, 8}}};
        String other = item("STATISTICS_MEAN", 0, "", "3");
        Path file = GdalTiff.write(folder.resolve("unnamed.tif"), samples, other, "-9999");
        AlignedInput.Pixels pixels = read(Bands.input("optical", "nir", "red", "green"), file, 2);
        assertThat(pixels.values()[0]).containsExactly(1, 5);
        assertThat(pixels.values()[2]).containsExactly(3, 7);
    }

    @Test
    void scale_and_offset_are_applied_once_and_not_to_nodata() throws IOException {
        short[][][] samples = {{{-9999}, {100}, {0}}};
        String scaling = item("SCALE", 0, "scale", "2") + item("OFFSET", 0, "offset", "-9");
        Path file = GdalTiff.write(folder.resolve("scaled.tif"), samples, scaling, "-9999");
        AlignedInput.Pixels pixels = read(Bands.input("dem", "elevation"), file, 3);
        assertThat(pixels.values()[0][1]).isEqualTo(191);
        assertThat(pixels.values()[0][2]).isEqualTo(-9);
        assertThat(pixels.valid()).containsExactly(false, true, true);
    }
}
