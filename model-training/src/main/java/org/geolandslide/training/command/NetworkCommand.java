package org.geolandslide.training.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.geolandslide.model.OutputFile;
import org.geolandslide.training.config.ConfigFile;
import org.geolandslide.training.config.TrainingConfig;
import org.geolandslide.training.drawing.BlockDiagram;
import org.geolandslide.training.drawing.NetworkDrawing;
import org.geolandslide.training.graph.Graph;
import org.geolandslide.training.graph.Parameter;
import org.geolandslide.training.network.SegmentationGraphs;
import org.geolandslide.training.trainer.Trainer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code landslide network}. */
@Command(
        name = "network",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Tells how many weights the network of a configuration has, and draws it. Nothing is trained.")
final class NetworkCommand implements Callable<Integer> {

    @Option(names = "--config", required = true, paramLabel = "FILE.yaml", description = "Configuration of a training.")
    private Path config = Path.of("");

    @Option(names = "--drawing", paramLabel = "F.png", description = "Draw the network's blocks.")
    private @Nullable Path drawing;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        TrainingConfig training = ConfigFile.read(config);
        if (drawing != null) {
            OutputFile.requireWritable(drawing);
        }
        SegmentationGraphs graphs = Trainer.graphs(training);
        Graph graph = graphs.evaluation(training.window()).graph();
        long weights = graph.parameters().stream()
                .filter(parameter -> !parameter.name().startsWith("loss."))
                .mapToLong(NetworkCommand::count)
                .sum();
        String title = training.network().title(training.input().dem());
        var console = spec.commandLine().getOut();
        console.printf(Locale.ROOT, "%s: %,d weights%n", title, weights);
        if (drawing != null) {
            Graph drawn = graphs.evaluationOf(1, training.window()).graph();
            BlockDiagram diagram = BlockDiagram.of(
                    drawn,
                    List.of(SegmentationGraphs.OPTICAL, SegmentationGraphs.DEM),
                    graphs.outputs().stream()
                            .filter(output -> !output.equals(SegmentationGraphs.ATTENTION))
                            .toList());
            String subtitle = String.format(
                    Locale.ROOT,
                    "%,d weights; channels x height x width of each block's result; * with attention",
                    weights);
            OutputFile.write(
                    drawing,
                    unfinished ->
                            ImageIO.write(NetworkDrawing.draw(diagram, title, subtitle), "png", unfinished.toFile()));
            console.printf("wrote %s%n", drawing);
        }
        console.flush();
        return CommandLine.ExitCode.OK;
    }

    private static long count(Parameter parameter) {
        return parameter.initial().length;
    }
}
