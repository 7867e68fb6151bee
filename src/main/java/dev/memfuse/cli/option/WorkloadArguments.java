package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.Mix;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The options that describe a load, as a mixin.
public final class WorkloadArguments {
    /// The workload of an empty command line.
    public static final Workload DEFAULT = new WorkloadArguments().workload();

    private static final int DEFAULT_CONCURRENCY = 8;

    @Option(names = "--users", defaultValue = "20", paramLabel = "N",
            description = "Simulated users, each with one session (default: ${DEFAULT-VALUE}).")
    private int users = 20;

    /// The load model: closed or open.
    static final class Model {
        @Option(names = "--concurrency", paramLabel = "N",
                description = "Closed model: number of concurrent operations (default: 8).")
        private @Nullable Integer concurrency;

        @Option(names = "--rate", paramLabel = "PER_SECOND",
                description = "Open model: rate of Poisson arrivals; latency counts from the scheduled start.")
        private @Nullable Double rate;
    }

    @ArgGroup(exclusive = true)
    private @Nullable Model model;

    @Option(names = "--max-in-flight", defaultValue = "256", paramLabel = "N",
            description = "Open model: maximum number of concurrent operations; further arrivals are dropped and "
                    + "counted (default: ${DEFAULT-VALUE}).")
    private int maxInFlight = 256;

    @Option(names = "--duration", defaultValue = "20s", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Measured time, for instance 20s or 2m (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ofSeconds(20);

    @Option(names = "--warmup", defaultValue = "5s", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Warm-up time, which is not measured (default: ${DEFAULT-VALUE}).")
    private Duration warmup = Duration.ofSeconds(5);

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
            description = "File or folder: LoCoMo, LongMemEval, or JSON Lines of messages or chats (default: generated "
                    + "conversations).")
    private @Nullable Path dataset;

    /// Returns the workload of the command line. Only the form of its values is checked.
    public Workload workload() {
        return new Workload(users, arrival(), duration, warmup, mix, batch, topK, seed, Optional.ofNullable(dataset));
    }

    private Arrival arrival() {
        if (model == null) {
            return new Arrival.Closed(DEFAULT_CONCURRENCY);
        }
        return model.rate != null
                ? new Arrival.Open(model.rate, maxInFlight)
                : new Arrival.Closed(model.concurrency != null ? model.concurrency : DEFAULT_CONCURRENCY);
    }
}
