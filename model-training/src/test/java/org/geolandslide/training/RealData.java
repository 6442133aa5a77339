package org.geolandslide.training;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real data that may lie beside the checkout. */
public final class RealData {
    /** From the module's folder, where Maven runs the tests. */
    private static final Path ROOT = Path.of("..", "..", "shared", "data");

    private RealData() {}

    /** A folder of the real data; without it the test is skipped, loudly. */
    public static Path folder(String name) {
        Path folder = ROOT.resolve(name);
        if (!Files.isDirectory(folder)) {
            System.err.println("SKIPPED, for there is no real data: "
                    + folder.toAbsolutePath().normalize());
        }
        assumeTrue(Files.isDirectory(folder), "there is no real data in " + folder);
        return folder;
    }
}
