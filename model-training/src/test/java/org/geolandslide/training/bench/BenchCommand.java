package org.geolandslide.training.bench;

import picocli.CommandLine.Command;

/** {@code landslide bench}. */
@Command(
        name = "bench",
        subcommands = {BenchTrainCommand.class},
        mixinStandardHelpOptions = true,
        description = "Measures speed, beside a peer in the same run.")
final class BenchCommand {}
