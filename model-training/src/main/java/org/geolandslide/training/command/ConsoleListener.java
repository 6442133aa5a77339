package org.geolandslide.training.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.geolandslide.model.command.ConsoleProgress;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.experiment.TableLine;
import org.geolandslide.training.experiment.TableRunner;
import org.geolandslide.training.trainer.EpochMetrics;
import org.geolandslide.training.trainer.RunState;

/** One line per epoch; on a terminal also the steps within it. */
final class ConsoleListener implements TableRunner.Listener {
    private final PrintWriter out;
    private final boolean terminal = ConsoleProgress.isTerminal();

    ConsoleListener(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void row(int number, int rows, String name) {
        out.printf("row %d of %d: %s%n", number, rows, name);
        out.flush();
    }

    @Override
    public void measured(List<TableLine> lines) {
        for (TableLine line : lines) {
            out.printf(
                    Locale.ROOT,
                    "%s at %.2f: F1 %.3f  IoU %.3f  mean IoU %.3f  image F1 %.3f  accuracy %.3f  (%d samples)%n",
                    line.row(),
                    line.threshold(),
                    line.f1(),
                    line.iou(),
                    line.meanIou(),
                    line.imageF1(),
                    line.imageAccuracy(),
                    line.samples());
        }
        out.flush();
    }

    @Override
    public void begins(RunState state, TrainingConfig config) {
        out.printf(
                Locale.ROOT,
                "%s: %,d parameters, %,d training and %,d validation windows of %d pixels, %d threads%s%n",
                config.name(),
                state.parameters(),
                state.trainingWindows(),
                state.validationWindows(),
                config.window(),
                config.effectiveThreads(),
                state.epochs() > 0 ? "; goes on after epoch " + state.epochs() : "");
        out.flush();
    }

    @Override
    public void startsFrom(Path source, int epoch, List<String> kept, List<String> anew) {
        out.printf(
                Locale.ROOT,
                "starts from epoch %d of %s: %d of %d parameters keep its values%n",
                epoch,
                source,
                kept.size(),
                kept.size() + anew.size());
        if (!anew.isEmpty()) {
            out.printf("begin anew: %s%n", String.join(", ", anew));
        }
        out.flush();
    }

    @Override
    public void step(int epoch, long done, long total) {
        if (terminal) {
            out.printf(Locale.ROOT, "\repoch %d: step %d of %d ", epoch, done, total);
            out.flush();
        }
    }

    @Override
    public void epoch(EpochMetrics metrics, int epochs, double secondsLeft) {
        out.printf(
                Locale.ROOT,
                "%sepoch %d/%d  loss %.4f  validation: loss %.4f  F1 %.3f  IoU %.3f (best F1 %.3f at %.2f)  %.1f images/s  %s"
                        + " left%n",
                terminal ? "\r" : "",
                metrics.epoch(),
                epochs,
                metrics.trainingLoss(),
                metrics.validationLoss(),
                metrics.f1(),
                metrics.iou(),
                metrics.bestF1(),
                metrics.bestThreshold(),
                metrics.imagesPerSecond(),
                duration(secondsLeft));
        out.flush();
    }

    private static String duration(double seconds) {
        long rounded = Math.round(seconds);
        if (rounded < 60) {
            return rounded + " s";
        }
        return rounded < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", rounded / 60, rounded % 60)
                : String.format(Locale.ROOT, "%d h %02d min", rounded / 3600, rounded / 60 % 60);
    }
}
