package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.Content;
import dev.memfuse.load.Workload.Mix;
import dev.memfuse.load.Workload.Warmup;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The options that describe the load of an experiment, apart from its length, as a mixin.
public final class TrialLoadArguments {
    private static final String AUTO = "auto";
    private static final int MAX_IN_FLIGHT = 256;

    @Option(names = "--users", paramLabel = "N",
            description = "Simulated users of a block, each with one session (default: 10).")
    private @Nullable Integer users;

    @Option(names = "--rate", paramLabel = "PER_SECOND|auto",
            description = "Rate of Poisson arrivals; auto finds 70 %% of what the reference carries "
                    + "(default: auto, or the arrivals of a scenario).")
    private @Nullable String rate;

    @Option(names = "--settle", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Time after a switch that is not counted (default: 1.5 s, or the warm-up of the scenario).")
    private @Nullable Duration settle;

    @Option(names = "--mix", converter = MixConverter.class, paramLabel = "SHARES",
            description = "Shares of the operations (default: add=6,query=3,list=1).")
    private @Nullable Mix mix;

    @Option(names = "--batch", paramLabel = "N", description = "Messages per call of add (default: 10).")
    private @Nullable Integer batch;

    @Option(names = "--top-k", paramLabel = "N", description = "Maximum number of hits per query (default: 5).")
    private @Nullable Integer topK;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all random numbers (default: 42).")
    private @Nullable Long seed;

    @Option(names = "--dataset", paramLabel = "PATH",
            description = "File or folder of conversations (default: generated conversations).")
    private @Nullable Path dataset;

    /// Returns whether the rate is to be found first.
    ///
    /// @param otherwise used where no rate is given
    public boolean autoRate(boolean otherwise) {
        return rate == null ? otherwise : rate.equals(AUTO);
    }

    /// Returns whether the rate is a number or `auto`.
    public boolean validRate() {
        return rate == null || rate.equals(AUTO) || number(rate) > 0;
    }

    /// Returns a workload that is changed by the options. Only the form of its values is checked.
    ///
    /// @param base used where no option is given
    public Workload over(Workload base) {
        Content content = base.content();
        return new Workload(or(users, base.users()), arrival(base.arrival()), base.duration(),
                settle == null ? base.warmup() : Warmup.fixed(settle), or(mix, base.mix()),
                new Content(or(batch, content.batchSize()), or(topK, content.topK()),
                        dataset == null ? content.dataset() : Optional.of(dataset),
                        dataset == null ? content.messageSize() : Optional.empty()),
                or(seed, base.seed()), base.thresholds(), base.generator());
    }

    private Arrival arrival(Arrival base) {
        return rate == null || rate.equals(AUTO) ? base : new Arrival.Open(number(rate), MAX_IN_FLIGHT);
    }

    private static <T> T or(@Nullable T value, T base) {
        return value == null ? base : value;
    }

    /// Returns the rate; 0 when it is no number.
    private static double number(String rate) {
        try {
            return ValueConverters.decimalNumber(rate);
        } catch (TypeConversionException e) {
            return 0;
        }
    }
}
