package dev.memfuse.lab.compare;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.memfuse.lab.paired.Metric;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Workload;
import dev.memfuse.load.shape.Shape;

/// Chooses the arrivals and the length of a block, so that both arms can carry it and its percentile has enough
/// samples.
public final class BlockSizing {
    /// Share of the capacity of the slower arm that a block offers.
    static final double SHARE_OF_CAPACITY = 0.7;
    private static final Duration PROBE_WARMUP = Duration.ofSeconds(2);
    private static final Duration PROBE = Duration.ofSeconds(3);
    private static final int PROBE_CONCURRENCY = 8;
    private static final int MAX_IN_FLIGHT = 256;
    private static final Duration SHORTEST = Duration.ofSeconds(4);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /// Random arrivals and a small change of the rate must not leave a block below its number of samples.
    private static final double RESERVE = 1.15;

    private BlockSizing() {}

    /// Returns a short closed load that shows how many operations per second the engine carries.
    public static Workload probe(Workload block) {
        return new Workload(block.users(), new Workload.Arrival.Closed(PROBE_CONCURRENCY), PROBE,
                Workload.Warmup.fixed(PROBE_WARMUP), block.mix(), block.content(), block.seed(), List.of(),
                block.generator());
    }

    /// Returns the rate of the blocks for the capacity of the slower arm, with two significant digits.
    public static double rate(double capacity) {
        return BigDecimal.valueOf(capacity * SHARE_OF_CAPACITY).round(new MathContext(2)).doubleValue();
    }

    /// Returns a block with open arrivals, long enough for the samples of a metric and at least 4 s.
    ///
    /// @throws IllegalStateException when no practical length is enough; the message is for the user
    static Workload sized(Workload block, double rate, Metric primary) {
        return withSamples(block.withArrival(new Workload.Arrival.Open(rate, MAX_IN_FLIGHT)), rate, primary, SHORTEST);
    }

    /// Returns a block at its own rate, lengthened when it is too short for the samples of a metric. A closed block has
    /// no rate and stays as it is, and so does a rate that changes: its course is the load.
    ///
    /// @throws IllegalStateException when no practical length is enough; the message is for the user
    static Workload grown(Workload block, Metric primary) {
        return block.arrival() instanceof Workload.Arrival.Open open && open.shape() instanceof Shape.Steady
                ? withSamples(block, open.level(), primary, block.duration())
                : block;
    }

    private static Workload withSamples(Workload block, double rate, Metric primary, Duration shortest) {
        OperationKind operation = primary.operation();
        double perSecond = rate * (operation == null ? 1 : block.mix().share(operation));
        double seconds = primary.samplesNeeded() * RESERVE / perSecond;
        if (!(seconds <= LONGEST.toSeconds())) {
            throw new IllegalStateException(String.format(Locale.ROOT,
                    "%s needs %,d operations a block, which takes %,.0f s at %.3g operations/s; choose a lower "
                            + "percentile or a higher rate.",
                    primary.title(), primary.samplesNeeded(), seconds, rate));
        }
        Duration needed = Duration.ofMillis(Math.round(Math.ceil(seconds * 10) * 100));
        return block.withDuration(needed.compareTo(shortest) > 0 ? needed : shortest);
    }
}
