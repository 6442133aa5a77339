package org.geolandslide.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.trainer.Trainer;
import org.junit.jupiter.api.Test;

/** The numbers of weights in {@code docs/networks.md}. */
class NetworkSizesTests {
    private static final List<String> SETTINGS = List.of(
            "architecture: fusion, backbone: residual_unet",
            "architecture: fusion, backbone: unet",
            "architecture: fusion, backbone: vgg",
            "architecture: rmau_net",
            "architecture: rmau_net, detection: false, heads: 1",
            "architecture: rmau_net, attention: axial",
            "architecture: rmau_net, residual: false, learnedSampling: false, attention: none, heads: 1, detection: false",
            "architecture: rmau_net, residual: false, learnedSampling: false, attention: squeeze_excitation, heads: 1,"
                    + " detection: false",
            "architecture: rmau_net, residual: false, learnedSampling: false, attention: cbam, heads: 1, detection: false",
            "architecture: rmau_net, residual: false, learnedSampling: false, attention: multi_head, heads: 1,"
                    + " detection: false",
            "architecture: deeplab_v3",
            "architecture: mobile_unet, encoder: mobilenet_v3",
            "architecture: mobile_unet, encoder: efficientnet_v2");

    @Test
    void are_those_of_the_graphs() throws IOException {
        String documentation = Files.readString(Path.of("..", "docs", "networks.md"));
        List<String> lines = new ArrayList<>();
        for (String setting : SETTINGS) {
            TrainingConfig config = ConfigFile.parse(
                    "name: size\nwindow: 128\ninput: {dem: " + setting.contains("fusion") + "}\nnetwork: {" + setting
                            + ", width: 16}\ndata: {training: [{format: bijie, path: a}], validation: [{format: bijie, path: b}]}\n",
                    "size.yaml");
            long weights = Trainer.graphs(config).evaluation(128).graph().parameters().stream()
                    .mapToLong(parameter -> parameter.initial().length)
                    .sum();
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s | `%s` | %,d |",
                    config.network().title(config.input().dem()),
                    setting,
                    weights));
        }
        assertThat(documentation).contains(String.join("\n", lines));
    }
}
