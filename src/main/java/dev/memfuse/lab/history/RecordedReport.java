package dev.memfuse.lab.history;

import dev.memfuse.lab.advice.report.AdviceFiles;
import dev.memfuse.lab.advice.report.TrialFiles;
import dev.memfuse.lab.compare.report.ComparisonHtml;
import dev.memfuse.lab.scorecard.report.ScorecardFiles;
import dev.memfuse.lab.sweep.report.SweepFiles;
import dev.memfuse.lab.tune.report.TuneFiles;
import dev.memfuse.load.recording.RecordingException;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.report.HtmlReport;

/// Writes the reports of recordings again, from their files alone.
///
/// @param recordings holds them
public record RecordedReport(Recordings recordings) {

    /// Returns the report of a recording as one HTML page without other files, the page of its own run.
    ///
    /// @param given id, unique beginning of an id, or `last`
    /// @throws IllegalArgumentException when there is none; the message is for the user
    /// @throws RecordingException when it cannot be read; the message is for the user
    public String html(String given) {
        RecordedResults results = new RecordedResults(recordings);
        return switch (recordings.open(given).kind()) {
            case LOAD -> new HtmlReport(new RecordedRuns(recordings).report(given)).page();
            case COMPARISON -> {
                RecordedResults.Comparison comparison = results.comparison(given);
                yield ComparisonHtml.page(comparison.result(), comparison.margin());
            }
            case SWEEP -> SweepFiles.html(results.sweep(given));
            case SCORECARD -> ScorecardFiles.html(results.scorecard(given));
            case ADVICE -> AdviceFiles.html(results.advice(given).report());
            case TRIAL -> TrialFiles.html(results.trial(given));
            case TUNING -> TuneFiles.html(results.tuning(given));
            case OBSERVATION -> throw new RecordingException("An observation has no report: 'history show' prints its "
                    + "figures, and the Live page draws it beneath the charts.");
        };
    }
}
