package dev.memfuse.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import dev.memfuse.progress.Progress;

/// A suite of benchmarks. Each measures the engine and its baseline, the least cost of the same work without an engine,
/// in one run with interleaved slices.
public interface BenchTask {

    /// The names of the benchmarks, in the order in which they run.
    List<String> NAMES = List.of("add", "journal", "ingest", "embed", "query", "speculation", "layers", "network",
            "http", "start");

    /// Runs the chosen benchmarks. Blocks until all are done or until [#stop] was called; then the report holds the
    /// results so far.
    ///
    /// @param progress receives each step and the completed share of the planned time, on the calling thread
    BenchReport run(Options options, Consumer<Progress> progress) throws InterruptedException;

    /// Makes [#run] return soon with the results so far. Thread-safe.
    void stop();

    /// The amount of data and time.
    enum Extent {
        /// Small data and short times, to check that the benchmarks work. The figures are not meaningful.
        QUICK,
        /// The sizes for which the targets are stated.
        USUAL,
        /// Also sizes that take many minutes to build.
        LARGE
    }

    /// The options of a run.
    ///
    /// @param names of the benchmarks; empty runs all
    /// @param extent sizes of the data
    /// @param duration measured time of each side of each row
    /// @param warmup time of each side before, not counted
    /// @param batchSize messages per call of `add`, 1..1000
    /// @param connections one row of `add` for each value: the number of connections and of callers
    record Options(List<String> names, Extent extent, Duration duration, Duration warmup, int batchSize,
            List<Integer> connections) {}
}
