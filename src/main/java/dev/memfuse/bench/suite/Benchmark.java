package dev.memfuse.bench.suite;

import java.time.Duration;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.bench.harness.BenchWatch;

/// One benchmark of the suite.
interface Benchmark {

    /// Returns the name on the command line.
    String name();

    /// Returns the estimated duration, for the progress.
    Duration planned(BenchTask.Options options);

    /// Measures. Returns the results so far when the watch was stopped. Blocks.
    BenchReport.Result run(BenchTask.Options options, BenchWatch watch) throws InterruptedException;
}
