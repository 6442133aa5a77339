package org.geolandslide.model.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.geolandslide.model.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The exit codes of the command-line contract. */
class VerifyCommandTests {
    @RegisterExtension
    final CapturedConsole console = new CapturedConsole();

    @Test
    void a_good_package_is_valid_and_the_exit_code_0(@TempDir Path folder) throws Exception {
        Path file = TinyModel.RED.write(folder.resolve("red.zip"), 64, 16);
        assertThat(run("verify", file.toString())).isZero();
        assertThat(console.out()).contains("red-share", "golden sample reproduced", "valid");
    }

    @Test
    void a_bad_package_has_the_exit_code_1_and_one_line_on_stderr(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("bad.zip"), "no zip");
        assertThat(run("verify", file.toString())).isEqualTo(1);
        assertThat(console.errLines())
                .singleElement()
                .asString()
                .startsWith("error: ")
                .contains("is not a zip archive");
    }

    @Test
    void a_missing_argument_has_the_exit_code_2() {
        assertThat(run("verify")).isEqualTo(2);
        assertThat(console.err()).contains("PACKAGE");
    }

    private static int run(String... arguments) {
        return CommandRunner.run(new TestEntry(), arguments);
    }

    @picocli.CommandLine.Command(name = "landslide", subcommands = VerifyCommand.class)
    private static final class TestEntry {}
}
