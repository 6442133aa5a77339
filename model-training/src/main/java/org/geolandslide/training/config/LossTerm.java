package org.geolandslide.training.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.geolandslide.training.loss.BoundaryLoss;
import org.geolandslide.training.loss.CenterLoss;
import org.geolandslide.training.loss.CrossEntropyLoss;
import org.geolandslide.training.loss.FocalLoss;
import org.geolandslide.training.loss.IouLoss;
import org.geolandslide.training.loss.L2Penalty;
import org.geolandslide.training.loss.LogCoshLoss;
import org.geolandslide.training.loss.Loss;
import org.geolandslide.training.loss.LovaszLoss;
import org.geolandslide.training.loss.TverskyLoss;
import org.jspecify.annotations.Nullable;

/**
 * One loss of a sum. A setting that is left out has its default; one that the loss does not have is refused.
 *
 * <p>Example: {@code {name: tversky, weight: 0.5, alpha: 0.3, beta: 0.7}}
 *
 * @param name which loss
 * @param weight its weight, above 0; 1 if left out
 * @param gamma focal loss: focusing exponent, at least 0; 2 if left out
 * @param alpha Tversky loss: weight of false positives; 0.3 if left out
 * @param beta Tversky loss: weight of false negatives; 0.7 if left out
 * @param tolerance boundary loss: side of the square by which outlines are widened, odd, in pixels; 5 if left out
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LossTerm(
        LossName name,
        @Nullable Double weight,
        @Nullable Double gamma,
        @Nullable Double alpha,
        @Nullable Double beta,
        @Nullable Integer tolerance) {

    public LossTerm {
        weight = weight == null ? 1.0 : weight;
        if (!(weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("weight is " + weight + ", expected a positive number");
        }
        gamma = Settings.of("gamma", gamma, name == LossName.FOCAL, "the loss focal", 2.0);
        alpha = Settings.of("alpha", alpha, name == LossName.TVERSKY, "the loss tversky", 0.3);
        beta = Settings.of("beta", beta, name == LossName.TVERSKY, "the loss tversky", 0.7);
        tolerance = Settings.of("tolerance", tolerance, name == LossName.BOUNDARY, "the loss boundary", 5);
        loss(name, gamma, alpha, beta, tolerance); // refuses settings out of range
    }

    /** The loss, without its weight. */
    public Loss loss() {
        return loss(name, gamma, alpha, beta, tolerance);
    }

    private static Loss loss(
            LossName name,
            @Nullable Double gamma,
            @Nullable Double alpha,
            @Nullable Double beta,
            @Nullable Integer tolerance) {
        return switch (name) {
            case CROSS_ENTROPY -> new CrossEntropyLoss();
            case FOCAL -> new FocalLoss(present(gamma));
            case LOG_COSH -> new LogCoshLoss();
            case IOU -> new IouLoss();
            case TVERSKY -> new TverskyLoss(present(alpha), present(beta));
            case LOVASZ -> new LovaszLoss();
            case BOUNDARY -> new BoundaryLoss(present(tolerance));
            case CENTER -> new CenterLoss();
            case L2 -> new L2Penalty();
        };
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a setting of this loss is missing");
        }
        return value;
    }

    /** Whether the loss reaches the network's output, and so can train it alone. */
    boolean isComplete() {
        return name != LossName.CENTER && name != LossName.L2;
    }

    private static String lower(LossName name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    /** For people: {@code 0.5 x tversky (alpha 0.3, beta 0.7)}. */
    @Override
    public String toString() {
        String settings =
                switch (name) {
                    case FOCAL -> " (gamma " + gamma + ")";
                    case TVERSKY -> " (alpha " + alpha + ", beta " + beta + ")";
                    case BOUNDARY -> " (tolerance " + tolerance + " px)";
                    default -> "";
                };
        return weight + " x " + lower(name) + settings;
    }
}
