package dev.memfuse.bench.suite;

import java.time.Duration;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;

/// One benchmark of the suite.
interface Benchmark {

    /// Its name on the command line.
    String name();

    /// About how long it takes; for the progress only.
    Duration planned(BenchTask.Options options);

    /// Measures. When the watch says to stop, what is measured so far comes back.
    BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException;
}
