package org.geolandslide.segmentation.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.geolandslide.segmentation.product.Product;
import org.junit.jupiter.api.Test;

class LayerDescriptionTests {
    private static final String REPORT =
            """
            {"validShare": 0.5, "polygons": 3, "model": {"name": "fusion", "checksum": "1220ab"}, "device": "cpu",
             "parameters": {"threshold": 0.4, "minimumAreaSquareMetres": 100.0, "windowPixels": 128, "overlapPixels": 32,
               "augment": %s, "resampled": %s, "region": "POINT EMPTY", "simplificationMetres": 2.0},
             "versions": {"landslide": "1", "onnxruntime": "2", "java": "3"}, "time": "2026-01-01T00:00:00Z",
             "layers": {"inputs": {"layer": "a:rgb", "demLayer": "a:dem"}}}
            """;

    @Test
    void a_layer_says_what_it_shows_and_where_it_comes_from() throws Exception {
        JsonNode report = new ObjectMapper().readTree(REPORT.formatted("true", "true"));
        LayerDescription description = LayerDescription.of(Product.MASK, "map", report);
        assertThat(description.title()).isEqualTo("Landslide mask (map)");
        assertThat(description.summary())
                .isEqualTo("Landslide mask: 1 landslide, 0 background, 255 no data.\n"
                        + "Made by landslide:SegmentLayer at 2026-01-01T00:00:00Z from a:rgb and a:dem, with the model fusion"
                        + " (checksum 1220ab) on cpu.\n"
                        + "Parameters: threshold 0.4, minimum area 100.0 m2, windows of 128 pixels with an overlap of 32,"
                        + " average over eight symmetries, resampled for the model, simplified by 2.0 m, inside of a region.\n"
                        + "Data in 50.0 % of the pixels, 3 landslides.\n"
                        + "Versions: landslide 1, ONNX Runtime 2, Java 3.");
        assertThat(new ObjectMapper().readTree(description.provenance())).isEqualTo(report);
        assertThat(description.keywords()).contains("landslide", "mask");
    }

    @Test
    void what_was_not_done_is_not_told() throws Exception {
        JsonNode report = new ObjectMapper().readTree(REPORT.formatted("false", "false"));
        assertThat(LayerDescription.of(Product.POLYGONS, "map", report).summary())
                .doesNotContain("symmetries", "resampled");
    }
}
