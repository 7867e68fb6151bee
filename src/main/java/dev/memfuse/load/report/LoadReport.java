package dev.memfuse.load.report;

import java.util.List;
import java.util.concurrent.CompletionException;

import dev.memfuse.load.LoadRecording;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Workload;

/// The content of a report about one load.
///
/// @param workload definition of the load
/// @param result figures of the measured part
/// @param recording course over time, including the warm-up
/// @param thresholds checked thresholds, whose misses are in the verdict of the result
public record LoadReport(Workload workload, LoadResult result, LoadRecording recording,
        List<Threshold.Outcome> thresholds) {

    /// Returns the report of a run; blocks until the run has ended.
    ///
    /// @throws CompletionException when the run failed
    public static LoadReport of(LoadRun run) {
        LoadResult result = run.result().join();
        return new LoadReport(run.workload(), result, run.recording(), List.of());
    }

    /// Returns the report with checked thresholds. A missed one makes the run fail.
    public LoadReport check(List<Threshold> limits) {
        List<Threshold.Outcome> outcomes = limits.stream().map(limit -> limit.check(result)).toList();
        List<Verdict.Reason> missed = outcomes.stream().filter(outcome -> !outcome.kept())
                .map(Threshold.Outcome::reason).toList();
        return new LoadReport(workload, result.with(result.verdict().with(missed), result.warnings()), recording,
                outcomes);
    }
}
