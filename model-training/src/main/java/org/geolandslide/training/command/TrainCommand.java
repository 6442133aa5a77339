package org.geolandslide.training.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.runtime.TrainingDevice;
import org.geolandslide.training.trainer.RunState;
import org.geolandslide.training.trainer.TrainedPackage;
import org.geolandslide.training.trainer.Trainer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code landslide train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Trains a network into a run folder; prints one line per epoch.")
final class TrainCommand implements Callable<Integer> {

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE.yaml",
            description = "Configuration of the training.")
    private Path config = Path.of("");

    @Option(
            names = "--from",
            paramLabel = "PACKAGE",
            description = {
                "Fine-tune this model: start from its weights, and take from its training whatever the configuration leaves"
                        + " out but the name and the data.",
                "A short schedule and a small learning rate go with it, e.g. 'epochs: 10' and 'optimizer: {learningRate: 0.0005}'."
            })
    private @Nullable Path from;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder that the configuration's paths are relative to; default: the folder of the configuration.")
    private @Nullable Path data;

    @Option(names = "--out", required = true, paramLabel = "RUN_DIR", description = "Run folder.")
    private Path out = Path.of("");

    @Option(names = "--resume", description = "Go on with the run in the folder, if there is one.")
    private boolean resume;

    @Option(
            names = "--device",
            paramLabel = "D",
            defaultValue = "cpu",
            description = "cpu, cuda or cuda:n; default: ${DEFAULT-VALUE}. What CUDA needs: docs/gpu.md.")
    private String device = "cpu";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        TrainingDevice where = device();
        Path folder = data != null ? data : config.toAbsolutePath().getParent();
        if (folder == null) {
            folder = Path.of("");
        }
        var console = spec.commandLine().getOut();
        TrainingConfig training = from == null
                ? ConfigFile.read(config)
                : ConfigFile.readOnTopOf(config, TrainedPackage.open(from).configuration(), from.toString());
        RunState state = Trainer.train(training, folder, out, resume, where, new ConsoleListener(console));
        if (state.epochs() < training.epochs()) {
            console.printf(
                    "stopped early after epoch %d of %d: none of the last %d was better%n",
                    state.epochs(), training.epochs(), training.patience());
        }
        console.printf("best epoch %d; run folder %s%n", state.bestEpoch(), out);
        console.flush();
        return CommandLine.ExitCode.OK;
    }

    private TrainingDevice device() {
        try {
            return TrainingDevice.parse(device);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--device: " + e.getMessage(), e);
        }
    }
}
