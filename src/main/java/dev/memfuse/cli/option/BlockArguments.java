package dev.memfuse.cli.option;

import java.time.Duration;

import dev.memfuse.load.Workload;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that describe the load of one block of a comparison, as a mixin.
public final class BlockArguments {
    @Mixin
    private final TrialLoadArguments load = new TrialLoadArguments();

    @Option(names = "--block", defaultValue = "8s", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Measured time of a block at a given rate (default: ${DEFAULT-VALUE}).")
    private Duration block = Duration.ofSeconds(8);

    /// Returns whether the rate is to be found first: 70 % of what the slower arm carries, and blocks that are long
    /// enough for the primary metric.
    public boolean autoRate() {
        return load.autoRate();
    }

    /// Returns whether the rate is a number or `auto`.
    public boolean validRate() {
        return load.validRate();
    }

    /// Returns the workload of a block. Only the form of its values is checked.
    public Workload workload() {
        return load.workload(block);
    }
}
