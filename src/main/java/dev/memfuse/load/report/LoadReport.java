package dev.memfuse.load.report;

import java.util.concurrent.CompletionException;

import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;

/// The content of a report about one load.
///
/// @param workload definition of the load
/// @param result figures of the measured part
/// @param recording course over time, including the warm-up
public record LoadReport(Workload workload, LoadResult result, LoadRecording recording) {

    /// Returns the report of a run; blocks until the run has ended.
    ///
    /// @throws CompletionException when the run failed
    public static LoadReport of(LoadRun run) {
        LoadResult result = run.result().join();
        return new LoadReport(run.workload(), result, run.recording());
    }
}
