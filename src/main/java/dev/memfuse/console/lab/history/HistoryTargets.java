package dev.memfuse.console.lab.history;

import java.util.function.Consumer;

import dev.memfuse.console.fx.FileOpener;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.history.RecordedResults;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.load.recording.Manifest;

/// Where recordings are opened. All but the last are called on the FX thread.
///
/// @param comparison shows a comparison in its page
/// @param scorecard shows a scorecard in its page
/// @param sweep shows a sweep in its page
/// @param advice shows advice in its page
/// @param trial shows the trial of an advice in its page
/// @param tuning shows a tuning in its page
/// @param load puts the load of a recording into the form of the Load page
/// @param baseline draws the load of a recording beneath the live charts
/// @param report opens the HTML report of a load; not on the FX thread
public record HistoryTargets(Consumer<RecordedResults.Comparison> comparison, Consumer<ScorecardResult> scorecard,
        Consumer<SweepResult> sweep, Consumer<RecordedResults.Advised> advice, Consumer<AdviceTrial> trial,
        Consumer<TuneResult> tuning, Consumer<Scenario> load, Consumer<Manifest> baseline,
        FileOpener report) {}
