package dev.memfuse.bootstrap.bench;

import java.time.Duration;

import dev.memfuse.cli.BenchReport;
import dev.memfuse.cli.BenchTask;

/// One benchmark of the suite.
interface Benchmark {

    /// Its name on the command line.
    String name();

    /// About how long it takes; for the progress only.
    Duration planned(BenchTask.Options options);

    /// Measures. When the watch says to stop, what is measured so far comes back.
    BenchReport.Result run(BenchTask.Options options, Watch watch) throws InterruptedException;
}
