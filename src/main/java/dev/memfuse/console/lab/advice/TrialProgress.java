package dev.memfuse.console.lab.advice;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.experiment.BlockText;
import dev.memfuse.console.lab.experiment.RunningText;
import dev.memfuse.lab.advice.run.TrialRun;
import dev.memfuse.lab.compare.ComparisonRun;

/// The running trial of an advice as text for the page.
///
/// @param advice the finding that is tried
/// @param title pair in progress
/// @param step arm and phase of the current block
/// @param left expected time to the end
/// @param share pairs that have ended, 0..1
/// @param interim ratio so far, not final; empty before the first pair has ended
record TrialProgress(String advice, String title, String step, String left, double share, String interim)
        implements
            RunningText {

    static TrialProgress of(TrialRun run) {
        ComparisonRun.Status now = run.progress();
        int total = run.plan().comparison().pairs();
        return new TrialProgress(run.plan().comparison().b().name(), BlockText.pair(now, total), BlockText.step(now),
                Formats.clock(now.left()) + " left", (double) now.pairs() / total,
                BlockText.interim(now, run.plan().comparison().differences()));
    }
}
