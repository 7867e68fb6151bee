package dev.memfuse.load.report;

import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;

/// Everything a report about one load shows.
///
/// @param workload what was run
/// @param result what was measured
/// @param recording the same over time
public record LoadReport(Workload workload, LoadResult result, LoadRecording recording) {

    /// The report of a run that has ended.
    ///
    /// @throws java.util.concurrent.CompletionException when the run failed
    public static LoadReport of(LoadRun run) {
        LoadResult result = run.result().join();
        return new LoadReport(run.workload(), result, run.recording());
    }
}
