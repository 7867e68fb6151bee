package dev.memfuse.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.load.shape.Shape;

/// The definition of a load run. Immutable; the same workload gives the same operations in the same order.
///
/// @param users number of simulated users, each with one open session at a time, 1..10,000
/// @param arrival model of the arrivals
/// @param duration measured time after the warm-up, more than 0 and at most 24 hours
/// @param warmup time before the measured part
/// @param mix shares of the operations
/// @param content conversations and sizes of the calls
/// @param seed of all randomness
/// @param thresholds limits that the result must meet
/// @param generator process of the load generator
public record Workload(int users, Arrival arrival, Duration duration, Warmup warmup, Mix mix, Content content,
        long seed, List<Threshold> thresholds, GeneratorPlace generator) {
    public Workload {
        thresholds = List.copyOf(thresholds);
    }

    /// Creates a workload whose generator shares the engine's process.
    public Workload(int users, Arrival arrival, Duration duration, Warmup warmup, Mix mix, Content content, long seed,
            List<Threshold> thresholds) {
        this(users, arrival, duration, warmup, mix, content, seed, thresholds, GeneratorPlace.SHARED);
    }

    /// Creates a workload with a warm-up of fixed length and without thresholds.
    public Workload(int users, Arrival arrival, Duration duration, Duration warmup, Mix mix, int batchSize, int topK,
            long seed, Optional<Path> dataset) {
        this(users, arrival, duration, Warmup.fixed(warmup), mix,
                new Content(batchSize, topK, dataset, Optional.empty()), seed, List.of());
    }

    /// The model of the arrivals.
    public sealed interface Arrival {
        /// A fixed number of concurrent operations; each starts when the previous one has ended. The latency is the
        /// service time and is not comparable with the latency of an open run.
        ///
        /// @param concurrency number of concurrent operations, 1..10,000
        /// @param thinkTime mean time between the end of an operation and the next one, 0 to 1 hour; each is drawn
        ///        evenly from a half to one and a half of it
        record Closed(int concurrency, Duration thinkTime) implements Arrival {
            /// Creates arrivals without think time.
            public Closed(int concurrency) {
                this(concurrency, Duration.ZERO);
            }
        }

        /// Arrivals at a rate; the latency counts from the scheduled start.
        ///
        /// @param process distribution of the arrivals
        /// @param shape rate over the measured part
        /// @param maxInFlight maximum number of concurrent operations, 1..10,000; arrivals beyond it are dropped and
        ///        counted
        record Open(ArrivalProcess process, Shape shape, int maxInFlight) implements Arrival {
            /// Creates Poisson arrivals at a steady rate.
            ///
            /// @param ratePerSecond mean rate of arrivals, 0.001..1,000,000
            public Open(double ratePerSecond, int maxInFlight) {
                this(ArrivalProcess.POISSON, new Shape.Steady(ratePerSecond), maxInFlight);
            }
        }

        /// Returns the load that the run begins with, in the unit of [LoadRun#changeLoad]: operations per second of an
        /// open run, concurrency of a closed one.
        default double level() {
            return switch (this) {
                case Closed closed -> closed.concurrency();
                case Open open -> open.shape().level();
            };
        }
    }

    /// The distribution of the arrivals of an open run around its rate.
    public enum ArrivalProcess {
        /// At equal distances.
        CONSTANT,
        /// At random, independent times, as of many independent callers.
        POISSON
    }

    /// The process that the load generator runs in.
    public enum GeneratorPlace {
        /// The process of the engine.
        SHARED,
        /// A second JVM of its own, so that generator and engine share neither heap nor collector.
        PROCESS;

        /// Returns the name in files and on the command line: lower case.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Relative weights of the operations, each 0 or more and at least one above 0.
    public record Mix(double add, double query, double list) {
        /// Returns the share of an operation, 0..1.
        public double share(OperationKind kind) {
            double weight = switch (kind) {
                case ADD -> add;
                case QUERY -> query;
                case LIST -> list;
            };
            return weight / (add + query + list);
        }
    }

    /// The time before the measured part, which is not counted: of a fixed length when minimum and maximum are equal,
    /// otherwise until throughput and latency have settled.
    ///
    /// @param minimum shortest warm-up, 0 to the maximum
    /// @param maximum longest warm-up, to 24 hours; when the run has not settled by then, it is measured all the same
    ///        and its result says so
    public record Warmup(Duration minimum, Duration maximum) {
        /// A warm-up until the run has settled, within 3 s to 60 s.
        public static final Warmup AUTO = new Warmup(Duration.ofSeconds(3), Duration.ofSeconds(60));

        /// Returns a warm-up of a fixed length.
        public static Warmup fixed(Duration length) {
            return new Warmup(length, length);
        }

        /// Returns whether the length is fixed.
        public boolean isFixed() {
            return minimum.equals(maximum);
        }
    }

    /// The conversations of the users and the sizes of their calls.
    ///
    /// @param batchSize messages per add, 1..1000
    /// @param topK maximum number of hits per query, 1..1000
    /// @param dataset a file or folder of conversations in any form of a data set; empty for the generated corpus
    /// @param messageSize length of the generated messages; empty for their natural lengths
    public record Content(int batchSize, int topK, Optional<Path> dataset, Optional<MessageSize> messageSize) {}

    /// The length of generated messages, drawn evenly between two bounds. A message that states a fact may be longer.
    ///
    /// @param min shortest length in characters, 1 to `max`
    /// @param max longest length in characters, to 10,000
    public record MessageSize(int min, int max) {}

    /// Returns the messages per add.
    public int batchSize() {
        return content.batchSize();
    }

    /// Returns the maximum number of hits per query.
    public int topK() {
        return content.topK();
    }

    /// Returns the file or folder of conversations; empty for the generated corpus.
    public Optional<Path> dataset() {
        return content.dataset();
    }

    /// Returns the workload with other arrivals.
    public Workload withArrival(Arrival other) {
        return new Workload(users, other, duration, warmup, mix, content, seed, thresholds, generator);
    }

    /// Returns the workload with another measured time.
    public Workload withDuration(Duration other) {
        return new Workload(users, arrival, other, warmup, mix, content, seed, thresholds, generator);
    }

    /// Returns the workload with another warm-up.
    public Workload withWarmup(Warmup other) {
        return new Workload(users, arrival, duration, other, mix, content, seed, thresholds, generator);
    }

    /// Returns the workload with another seed.
    public Workload withSeed(long other) {
        return new Workload(users, arrival, duration, warmup, mix, content, other, thresholds, generator);
    }

    /// Returns the workload with other thresholds.
    public Workload withThresholds(List<Threshold> others) {
        return new Workload(users, arrival, duration, warmup, mix, content, seed, others, generator);
    }

    /// Returns the workload with its generator in another process.
    public Workload withGenerator(GeneratorPlace other) {
        return new Workload(users, arrival, duration, warmup, mix, content, seed, thresholds, other);
    }
}
