package org.geolandslide.training.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.geolandslide.training.synthetic.SceneFiles;
import org.geolandslide.training.synthetic.SceneSpecification;
import org.geolandslide.training.synthetic.SceneWriter;
import org.geolandslide.training.synthetic.SyntheticScene;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code landslide scene}. */
@Command(
        name = "scene",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Generates a synthetic mountain scene with landslides: optical.tif, dem.tif and mask.tif.")
final class SceneCommand implements Callable<Integer> {

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Seed; default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--size",
            defaultValue = "1024",
            paramLabel = "PIXELS",
            description = "Side in pixels; default: ${DEFAULT-VALUE}.")
    private int size;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write to.")
    private Path out = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        SceneSpecification specification = SceneSpecification.of(seed, size, size);
        SceneFiles files = SceneWriter.write(SyntheticScene.generate(specification), out);
        var console = spec.commandLine().getOut();
        console.printf("wrote %s, %s and %s%n", files.optical(), files.dem(), files.mask());
        console.flush();
        return CommandLine.ExitCode.OK;
    }
}
