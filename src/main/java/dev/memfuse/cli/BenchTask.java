package dev.memfuse.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Measures, in one run and in turn, the engine's add path and the bare JDBC statement it ends in.
@FunctionalInterface
public interface BenchTask {

    /// Runs every row. Blocks for about `2 × connections.size() × (warmup + duration)`.
    ///
    /// @param progress told what happens, one line for the user each
    Report run(Options options, Consumer<String> progress) throws InterruptedException;

    /// What to measure.
    ///
    /// @param duration measured time of each side of each row
    /// @param warmup time before, run but not counted
    /// @param batchSize messages per call, 1..1000
    /// @param connections one row for each: so many connections and as many callers
    record Options(Duration duration, Duration warmup, int batchSize, List<Integer> connections) {}

    /// What was measured. Serialized as the JSON of `bench --json`.
    ///
    /// @param batchSize messages per call
    /// @param rows in the order of [Options#connections]
    /// @param environment machine, JVM, database, versions
    record Report(int batchSize, List<Row> rows, Map<String, String> environment) {}

    /// One number of connections.
    ///
    /// @param ratio throughput of the engine divided by that of the bare statement
    record Row(int connections, Side engine, Side jdbc, double ratio) {}

    /// One of the two sides.
    ///
    /// @param batches calls that succeeded
    /// @param errors calls that failed
    /// @param messagesPerS messages of the successful calls per second of measured time
    record Side(long batches, long errors, double messagesPerS, double p50Ms, double p99Ms) {}
}
