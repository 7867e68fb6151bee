package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.Mix;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options that describe the load of an experiment, apart from its length, as a mixin.
public final class TrialLoadArguments {
    private static final String AUTO = "auto";
    private static final int MAX_IN_FLIGHT = 256;

    @Option(names = "--users", defaultValue = "10", paramLabel = "N",
            description = "Simulated users of a block, each with one session (default: ${DEFAULT-VALUE}).")
    private int users = 10;

    @Option(names = "--rate", defaultValue = AUTO, paramLabel = "PER_SECOND|auto",
            description = "Rate of Poisson arrivals; auto finds 70 %% of what the reference carries "
                    + "(default: ${DEFAULT-VALUE}).")
    private String rate = AUTO;

    @Option(names = "--settle", defaultValue = "1500ms", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Time after a switch that is not counted (default: ${DEFAULT-VALUE}).")
    private Duration settle = Duration.ofMillis(1500);

    @Option(names = "--mix", defaultValue = "add=6,query=3,list=1", converter = MixConverter.class,
            paramLabel = "SHARES", description = "Shares of the operations (default: ${DEFAULT-VALUE}).")
    private Mix mix = new Mix(6, 3, 1);

    @Option(names = "--batch", defaultValue = "10", paramLabel = "N",
            description = "Messages per call of add (default: ${DEFAULT-VALUE}).")
    private int batch = 10;

    @Option(names = "--top-k", defaultValue = "5", paramLabel = "N",
            description = "Maximum number of hits per query (default: ${DEFAULT-VALUE}).")
    private int topK = 5;

    @Option(names = "--seed", defaultValue = "42", paramLabel = "N",
            description = "Seed of all random numbers (default: ${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(names = "--dataset", paramLabel = "PATH",
            description = "File or folder of conversations (default: generated conversations).")
    private @Nullable Path dataset;

    /// Returns whether the rate is to be found first.
    public boolean autoRate() {
        return rate.equals(AUTO);
    }

    /// Returns whether the rate is a number or `auto`.
    public boolean validRate() {
        return autoRate() || number() > 0;
    }

    /// Returns the workload. Only the form of its values is checked.
    ///
    /// @param measured measured time
    public Workload workload(Duration measured) {
        return new Workload(users, new Arrival.Open(autoRate() ? 1 : number(), MAX_IN_FLIGHT), measured, settle, mix,
                batch, topK, seed, Optional.ofNullable(dataset));
    }

    /// Returns the rate; 0 when it is no number.
    private double number() {
        try {
            return ValueConverters.decimalNumber(rate);
        } catch (TypeConversionException e) {
            return 0;
        }
    }
}
