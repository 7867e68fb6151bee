package dev.memfuse.bench;

import java.time.Duration;
import java.util.List;

/// A suite of benchmarks. Each measures the engine and its floor, the least that the same work costs without an engine,
/// in one run and in turn.
public interface BenchTask {

    /// The benchmarks there are, in the order they run.
    List<String> NAMES = List.of("add", "journal", "ingest", "embed", "query", "speculation", "start");

    /// Runs the benchmarks that were chosen. Blocks until all are done or [#stop] was called; then what is measured so
    /// far comes back.
    ///
    /// @param progress told how far it is, on the calling thread
    BenchReport run(Options options, Progress progress) throws InterruptedException;

    /// Lets [#run] return soon with what it has. From any thread.
    void stop();

    /// How much is measured.
    enum Extent {
        /// Small data and short times: whether it works, not how fast it is.
        QUICK,
        /// What the targets are stated for.
        USUAL,
        /// Also the sizes that take many minutes to build.
        LARGE
    }

    /// What to measure.
    ///
    /// @param names of the benchmarks; empty: all
    /// @param extent sizes of the data
    /// @param duration measured time of each side of each row
    /// @param warmup time before, run but not counted
    /// @param batchSize messages per call of `add`, 1..1000
    /// @param connections one row of `add` for each: so many connections and as many callers
    record Options(List<String> names, Extent extent, Duration duration, Duration warmup, int batchSize,
            List<Integer> connections) {}

    /// Is told how far a run is.
    @FunctionalInterface
    interface Progress {
        /// @param step what happens now, for the user
        /// @param share 0..1 of the planned time
        void at(String step, double share);
    }
}
