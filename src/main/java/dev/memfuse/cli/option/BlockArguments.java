package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.load.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that describe the load of one block of a comparison, as a mixin.
public final class BlockArguments {
    @Mixin
    private final TrialLoadArguments load = new TrialLoadArguments();

    @Option(names = "--scenario", paramLabel = "FILE",
            description = "Load of a block, network and thresholds from a scenario: a file, or the name of a sample. "
                    + "Its profiles are the arms that --a and --b do not name; other options override it.")
    private @Nullable Path scenario;

    @Option(names = "--block", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Measured time of a block at a given rate (default: 8 s, or the duration of the scenario).")
    private @Nullable Duration block;

    /// Returns the scenario; empty when none is given. Blocks.
    ///
    /// @throws dev.memfuse.config.ConfigException when it cannot be read, or something in it is wrong
    public Optional<Scenario> scenario() {
        return Optional.ofNullable(scenario).map(Scenarios::read);
    }

    /// Returns whether the rate is to be found first: 70 % of what the slower arm carries, and blocks that are long
    /// enough for the primary metric.
    public boolean autoRate() {
        return load.autoRate(scenario == null);
    }

    /// Returns whether the rate is a number or `auto`.
    public boolean validRate() {
        return load.validRate();
    }

    /// Returns the workload of a block: another one, changed by the options. Only the form of its values is checked.
    ///
    /// @param base used where no option is given
    public Workload over(Workload base) {
        Workload changed = load.over(base);
        return block == null ? changed : changed.withDuration(block);
    }
}
