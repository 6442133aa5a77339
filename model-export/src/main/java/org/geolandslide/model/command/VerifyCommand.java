package org.geolandslide.model.command;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.geolandslide.model.ModelDescription;
import org.geolandslide.model.ModelInput;
import org.geolandslide.model.ModelPackage;
import org.geolandslide.model.PackageVerifier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code landslide verify}: checks a model package as the plugin will. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks a model package: files, checksums, item.json, ONNX graph, golden sample.")
public final class VerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PACKAGE", description = "Zip archive or folder of the model package.")
    private Path location = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        ModelPackage model = ModelPackage.open(location);
        double difference = PackageVerifier.verify(model);
        ModelDescription description = model.description();
        var out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %s, %,d parameters%n",
                description.name(),
                description.architecture(),
                description.totalParameters());
        for (ModelInput input : description.inputs()) {
            out.printf(
                    Locale.ROOT,
                    "  input %s: %s%n",
                    input.name(),
                    String.join(
                            ", ",
                            input.bands().stream().map(band -> band.name()).toList()));
        }
        out.printf(Locale.ROOT, "  checksum %s%n", model.checksum());
        out.printf(
                Locale.ROOT,
                "  golden sample reproduced within %.1e (allowed %.1e)%n",
                difference,
                model.golden().tolerance());
        out.println("valid");
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
