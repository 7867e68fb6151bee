package dev.memfuse.console.lab.compare;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.experiment.BlockText;
import dev.memfuse.console.lab.experiment.RunningText;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.compare.PairRatio;
import dev.memfuse.lab.paired.MetricResult;
import org.jspecify.annotations.Nullable;

/// A running comparison as text for the page.
///
/// @param title pair in progress
/// @param step arm and phase of the current block
/// @param left expected time to the end
/// @param share pairs that have ended, 0..1
/// @param arms what A and B are
/// @param interim ratio so far, not final; empty before the first pair has ended
/// @param figures what the plot of the pairs shows
record RunningView(String title, String step, String left, double share, String arms, String interim,
        PairFigures figures)
        implements
            RunningText {

    static RunningView of(ComparisonRun run) {
        ComparisonRun.Status now = run.progress();
        int total = run.plan().pairs();
        @Nullable
        MetricResult interim = now.interim().orElse(null);
        String name = run.plan().primary().name();
        return new RunningView(BlockText.pair(now, total), BlockText.step(now),
                Formats.clock(now.left()) + " left", (double) now.pairs() / total,
                PlannedArms.of(run.plan()).text(), BlockText.interim(now, run.plan().differences()),
                new PairFigures(PairRatio.of(now.blocks(), name), interim == null ? null : interim.ratio(),
                        run.plan().margin(), total, interim == null ? "" : interim.unit()));
    }
}
