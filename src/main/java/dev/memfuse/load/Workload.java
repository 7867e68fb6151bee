package dev.memfuse.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The definition of a load run. Immutable; the same workload gives the same operations in the same order.
///
/// @param users number of simulated users, each with one open session at a time, 1..10,000
/// @param arrival model of the arrivals
/// @param duration measured time after the warm-up, more than 0 and at most 24 hours
/// @param warmup time before the measured part, not counted, 0 to 24 hours
/// @param mix shares of the operations
/// @param batchSize messages per add, 1..1000
/// @param topK maximum number of hits per query, 1..1000
/// @param seed of all randomness
/// @param dataset a file or folder of conversations in any form of a data set; empty for the generated corpus
public record Workload(int users, Arrival arrival, Duration duration, Duration warmup, Mix mix, int batchSize, int topK,
        long seed, Optional<Path> dataset) {

    /// The model of the arrivals.
    public sealed interface Arrival {
        /// A fixed number of concurrent operations; each starts when the previous one has ended. The latency is the
        /// service time and is not comparable with the latency of an open run.
        ///
        /// @param concurrency number of concurrent operations, 1..10,000
        record Closed(int concurrency) implements Arrival {}

        /// Poisson arrivals at a rate; the latency counts from the scheduled start.
        ///
        /// @param ratePerSecond mean rate of arrivals, more than 0 and at most 1,000,000
        /// @param maxInFlight maximum number of concurrent operations, 1..10,000; arrivals beyond it are dropped and
        ///        counted
        record Open(double ratePerSecond, int maxInFlight) implements Arrival {}
    }

    /// Relative weights of the operations, each 0 or more and at least one above 0.
    public record Mix(double add, double query, double list) {}
}
