package org.geolandslide.training.trainer;

import java.util.List;
import java.util.Locale;
import org.geolandslide.model.ProjectVersion;
import org.geolandslide.training.config.SourceConfig;
import org.geolandslide.training.config.TrainingConfig;

/** Writes {@code MODEL_CARD.md}: what is known of a model from its training, and what is not known. */
final class ModelCard {
    private ModelCard() {}

    static String write(TrainingConfig config, RunState state) {
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
                - Ground sample distance of the training imagery: %s. At another one the model is untested.

                ## Training

                - Trained on: %s (%d windows of %d pixels per epoch).
                - Validated on: %s (%d windows).
                - %d epochs in %s, the best was epoch %d; batch %d, %s from %s, seed %d.
                - Started from %s.
                - Loss: %s. Augmentation: rotation %s, flip %s, colour %s, CutMix %s, Mixup %s.
                - Geolandslide %s.

                ## Accuracy

                Pooled over the labelled pixels of the validation windows, **on which the epoch and the threshold were chosen**:

                | threshold | F1 | IoU |
                |---|---|---|
                | 0.50 | %.3f | %.3f |
                | %.2f | %.3f | |

                Accuracy on data that took no part in any choice was not measured when this package was made; measure it with
                `landslide evaluate` before you rely on it.

                ## Limits

                - It knows the scenery that it was trained on. Another region, season, sensor or resolution is another question.
                - It calls fresh, bare ground on slopes landslide; fields, quarries, roads and river banks can look alike.
                - It was made for landslides that can be seen in the image; old, overgrown ones are missed.

                ## Licence

                The weights are published under the licence of this project, GPL-2.0-or-later. The training data has licences of
                its own and is not part of the package; the golden sample is synthetic.
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
                config.input().groundSampleDistance() == null
                        ? "not known"
                        : config.input().groundSampleDistance() + " m",
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
                        : "the run " + config.start().run() + ", frozen parts: " + config.frozen(),
                config.loss(),
                config.augmentation().rotation(),
                config.augmentation().flip(),
                config.augmentation().colour(),
                config.augmentation().cutMix(),
                config.augmentation().mixup(),
                ProjectVersion.get(),
                state.bestF1AtHalf(),
                state.bestIouAtHalf(),
                state.bestThreshold(),
                state.bestF1());
    }

    private static String names(List<SourceConfig> sources) {
        return String.join(", ", sources.stream().map(SourceConfig::title).toList());
    }

    private static String duration(double seconds) {
        return seconds < 90 ? Math.round(seconds) + " s" : Math.round(seconds / 60) + " min";
    }
}
