package dev.memfuse.console.lab.scorecard;

import java.util.List;
import java.util.Locale;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.experiment.RunningText;
import dev.memfuse.lab.scorecard.PromiseResult;
import dev.memfuse.lab.scorecard.ScorecardRun;

/// A running scorecard as text for the page.
///
/// @param title block in progress
/// @param step phase and network of the block
/// @param left expected time to the end
/// @param share blocks that have ended, 0..1
/// @param promises promises by the rounds that have ended, not final
record RunningView(String title, String step, String left, double share, List<PromiseResult> promises)
        implements
            RunningText {

    static RunningView of(ScorecardRun run) {
        ScorecardRun.Status now = run.progress();
        int total = run.plan().blocks();
        String current = now.current();
        return new RunningView(
                String.format(Locale.ROOT, "Block %d of %d", Math.min(now.blocks() + 1, total), total),
                current.isEmpty()
                        ? "Preparing"
                        : current.substring(0, 1).toUpperCase(Locale.ROOT) + current.substring(1),
                Formats.clock(now.left()) + " left", (double) now.blocks() / total, now.promises());
    }
}
