package dev.memfuse.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What a load run does. Immutable; the same value and seed give the same operations in the same order.
///
/// @param users simulated users, each with one session open at a time, 1..10 000
/// @param arrival how operations arrive
/// @param duration measured time, after the warm-up
/// @param warmup time before, run but not counted
/// @param mix shares of the operations
/// @param batchSize messages per add, 1..1000
/// @param topK hits asked for per query
/// @param seed of all randomness
/// @param dataset a LoCoMo file or a folder of them; empty for the generated corpus
public record Workload(int users, Arrival arrival, Duration duration, Duration warmup, Mix mix, int batchSize, int topK,
        long seed, Optional<Path> dataset) {

    /// How operations arrive.
    public sealed interface Arrival {
        /// A fixed number of operations at a time; the next begins when one ends. Its latency is service time and is
        /// not comparable with an open run's.
        record Closed(int concurrency) implements Arrival {}

        /// Poisson arrivals at a rate per second; latency counts from the scheduled start.
        ///
        /// @param maxInFlight operations that may run at once; those that would exceed it are dropped and counted
        record Open(double ratePerSecond, int maxInFlight) implements Arrival {}
    }

    /// Weights of the operations; need not add up to anything.
    public record Mix(double add, double query, double list) {}
}
