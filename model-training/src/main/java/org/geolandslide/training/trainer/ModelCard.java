package org.geolandslide.training.trainer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.geolandslide.model.ProjectVersion;
import org.geolandslide.training.config.Imagery;
import org.geolandslide.training.config.SourceConfig;
import org.geolandslide.training.config.TrainingConfig;

/** Writes {@code MODEL_CARD.md}: what is known of a model from its training, and what is not known. */
final class ModelCard {
    private ModelCard() {}

    /**
     * A card.
     *
     * @param measured accuracy that was measured after the training
     * @param notes Markdown about the intended use, failures and licences; if there is none, what holds for any model is said
     */
    static String write(
            TrainingConfig config, RunState state, List<MeasuredAccuracy> measured, Optional<String> notes) {
        return head(config, state) + accuracy(state, measured) + notes.orElse(LIMITS) + LICENCE;
    }

    private static String accuracy(RunState state, List<MeasuredAccuracy> measured) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                """

                ## Accuracy

                Pooled over the labelled pixels of the validation windows, **on which the epoch and the threshold were chosen**:

                | threshold | F1 | IoU |
                |---|---|---|
                | 0.50 | %.3f | %.3f |
                | %.2f | %.3f | |

                """,
                state.bestF1AtHalf(),
                state.bestIouAtHalf(),
                state.bestThreshold(),
                state.bestF1()));
        if (measured.isEmpty()) {
            text.append(
                    """
                    Accuracy on data that took no part in any choice was not measured when this package was made; measure it with
                    `landslide evaluate` before you rely on it.

                    """);
        } else {
            text.append(
                    "Measured with `landslide evaluate`, samples on which the model was trained left out. In brackets: 95 of"
                            + " 100 draws of the samples.\n\n");
            measured.forEach(evaluation -> text.append(evaluation.section()).append('\n'));
            text.append(measured.get(0).curves()).append('\n');
        }
        return text.toString();
    }

    private static final String LIMITS =
            """
            ## Limits

            - It knows the scenery that it was trained on. Another region, season, sensor or resolution is another question.
            - It calls fresh, bare ground on slopes landslide; fields, quarries, roads and river banks can look alike.
            - It was made for landslides that can be seen in the image; old, overgrown ones are missed.
            """;

    private static final String LICENCE =
            """

            ## Licence

            The weights are published under the licence of this project, GPL-2.0-or-later. The training data has licences of
            its own and is not part of the package; the golden sample is synthetic.
            """;

    private static String head(TrainingConfig config, RunState state) {
        return String.format(
                Locale.ROOT,
                """
                # %s

                %s

                ## Model

                - %s, after %s: width %d, depth %d; %,d parameters.
                - Inputs: `optical` (%s)%s. Scaling is part of the
                  ONNX graph.
                - Output: `probability` of landslide per pixel%s. Threshold %.2f.
                - Ground sample distance: %s.

                ## Training

                - Trained on: %s (%d windows of %d pixels per epoch).
                - Validated on: %s (%d windows).
                - %d epochs in %s, the best was epoch %d; batch %d, %s from %s, seed %d.
                - Started from %s.
                - Loss: %s. Augmentation: shift %s, zoom %s, angle %s, rotation %s, flip %s, colour %s, contrast %s, mosaic %s,
                  CutMix %s, Mixup %s.
                - Geolandslide %s.
                """,
                config.name(),
                config.description(),
                config.network().title(config.input().dem()),
                config.network().source(),
                config.network().width(),
                config.network().depth(),
                state.parameters(),
                config.input().title(),
                config.input().dem() ? " and `dem` (metres, any vertical datum)" : "",
                (config.network().hasAttentionMap() ? ", and `attention`" : "")
                        + (config.network().detects() ? ", and `detection` of any landslide in the window" : ""),
                state.bestThreshold(),
                pixels(config.input()),
                names(config.data().training()),
                state.trainingWindows(),
                config.window(),
                names(config.data().validation()),
                state.validationWindows(),
                state.epochs(),
                duration(state.seconds()),
                state.bestEpoch(),
                config.batch(),
                config.optimizer().name(),
                config.optimizer().learningRate(),
                config.seed(),
                config.start() == null
                        ? "random weights"
                        : config.start().title()
                                + (config.frozen().isEmpty() ? "" : ", frozen parts: " + config.frozen()),
                config.loss(),
                config.augmentation().shift(),
                config.augmentation().zoom(),
                config.augmentation().angle(),
                config.augmentation().rotation(),
                config.augmentation().flip(),
                config.augmentation().colour(),
                config.augmentation().contrast(),
                config.augmentation().mosaic(),
                config.augmentation().cutMix(),
                config.augmentation().mixup(),
                ProjectVersion.get());
    }

    private static String pixels(Imagery input) {
        if (input.groundSampleDistance() == null) {
            return "not known";
        }
        return input.groundSampleDistance() + " m. Rasters with other pixels are "
                + (input.resample() ? "brought to it, and the results back" : "taken as they are, which is untested");
    }

    private static String names(List<SourceConfig> sources) {
        return String.join(", ", sources.stream().map(SourceConfig::title).toList());
    }

    private static String duration(double seconds) {
        return seconds < 90 ? Math.round(seconds) + " s" : Math.round(seconds / 60) + " min";
    }
}
