package dev.memfuse.cli.option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.Workload.Content;
import dev.memfuse.load.Workload.GeneratorPlace;
import dev.memfuse.load.Workload.Mix;
import dev.memfuse.load.Workload.Warmup;
import dev.memfuse.load.shape.Shape;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The options that describe a load, as a mixin. An option that is absent keeps the value of the scenario.
public final class WorkloadArguments {
    @Option(names = "--users", paramLabel = "N", description = "Simulated users, each with one session (default: 20).")
    private @Nullable Integer users;

    /// The load model: closed or open.
    static final class Model {
        @Option(names = "--concurrency", paramLabel = "N",
                description = "Closed model: number of concurrent operations.")
        private @Nullable Integer concurrency;

        @Option(names = "--rate", paramLabel = "PER_SECOND",
                description = "Open model, the default: rate of arrivals (default: 100); latency counts from the "
                        + "scheduled start. Scales the shape of a scenario.")
        private @Nullable Double rate;
    }

    @ArgGroup(exclusive = true)
    private @Nullable Model model;

    @Option(names = "--arrivals", paramLabel = "PROCESS",
            description = "Open model: poisson, at random times, or constant, at equal distances (default: poisson).")
    private @Nullable ArrivalProcess process;

    @Option(names = "--max-in-flight", paramLabel = "N",
            description = "Open model: maximum number of concurrent operations; further arrivals are dropped and "
                    + "counted (default: 256).")
    private @Nullable Integer maxInFlight;

    @Option(names = "--think-time", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Closed model: mean time between the end of an operation and the next one (default: 0s).")
    private @Nullable Duration thinkTime;

    @Option(names = "--duration", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Measured time, for instance 20s or 2m (default: 20s).")
    private @Nullable Duration duration;

    @Option(names = "--warmup", converter = WarmupConverter.class, paramLabel = "TIME",
            description = "Warm-up time, which is not measured; auto warms up until throughput and latency have "
                    + "settled, for 3 s to 60 s (default: 5s).")
    private @Nullable Warmup warmup;

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
            description = "File or folder: LoCoMo, LongMemEval, or JSON Lines of messages or chats (default: generated "
                    + "conversations).")
    private @Nullable Path dataset;

    @Option(names = "--generator", paramLabel = "PLACE",
            description = "Process of the load generator: shared, that of the engine, or process, a second JVM of its "
                    + "own, so that they share neither heap nor collector (default: shared).")
    private @Nullable GeneratorPlace generator;

    @Option(names = "--threshold", converter = ThresholdConverter.class, paramLabel = "LIMIT",
            description = "Limit that the result must meet, for instance \"add.p99 < 50 ms\" or \"errors < 0.1 %%\". "
                    + "May be repeated; adds to those of the scenario.")
    private List<Threshold> thresholds = new ArrayList<>();

    /// Returns a workload with the values of the command line. Only their form is checked.
    public Workload over(Workload base) {
        Content content = base.content();
        Content changed = new Content(or(batch, content.batchSize()), or(topK, content.topK()),
                dataset == null ? content.dataset() : Optional.of(dataset),
                dataset == null ? content.messageSize() : Optional.empty());
        List<Threshold> all = new ArrayList<>(base.thresholds());
        all.addAll(thresholds);
        return new Workload(or(users, base.users()), arrival(base.arrival()), or(duration, base.duration()),
                or(warmup, base.warmup()), or(mix, base.mix()), changed, or(seed, base.seed()), all,
                or(generator, base.generator()));
    }

    private Arrival arrival(Arrival base) {
        boolean closed = model == null ? base instanceof Arrival.Closed : model.concurrency != null;
        return closed ? closed(base) : open(base);
    }

    private Arrival closed(Arrival base) {
        Arrival.Closed from = base instanceof Arrival.Closed same
                ? same
                : new Arrival.Closed(ScenarioDefaults.CONCURRENCY);
        return new Arrival.Closed(or(model == null ? null : model.concurrency, from.concurrency()),
                or(thinkTime, from.thinkTime()));
    }

    private Arrival open(Arrival base) {
        Arrival.Open from = base instanceof Arrival.Open same
                ? same
                : new Arrival.Open(ScenarioDefaults.RATE, ScenarioDefaults.MAX_IN_FLIGHT);
        Shape shape = model == null || model.rate == null ? from.shape() : from.shape().withLevel(model.rate);
        return new Arrival.Open(or(process, from.process()), shape, or(maxInFlight, from.maxInFlight()));
    }

    private static <T> T or(@Nullable T given, T base) {
        return Objects.requireNonNullElse(given, base);
    }
}
