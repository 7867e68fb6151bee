package dev.memfuse.console.lab.tune;

import java.util.List;
import java.util.Locale;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.experiment.RunningText;
import dev.memfuse.lab.tune.TriedCandidate;
import dev.memfuse.lab.tune.TuneRun;
import dev.memfuse.metrics.stats.Numbers;

/// A running tuning as text for the page.
///
/// @param title what happens
/// @param step the candidates so far
/// @param left time left in the budget
/// @param share share of the budget that has passed, 0..1
/// @param tried everything so far, not final
record TuneProgress(String title, String step, String left, double share, List<TriedCandidate> tried)
        implements
            RunningText {

    static TuneProgress of(TuneRun run) {
        TuneRun.Status now = run.progress();
        String phase = now.phase().isEmpty() ? "starting" : now.phase();
        return new TuneProgress(phase.substring(0, 1).toUpperCase(Locale.ROOT) + phase.substring(1),
                now.tried().isEmpty() ? "" : Numbers.count(now.tried().size() - 1L) + " tried",
                Formats.clock(now.left()) + " left", now.share(), now.tried());
    }
}
