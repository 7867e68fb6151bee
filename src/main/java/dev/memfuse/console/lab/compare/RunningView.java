package dev.memfuse.console.lab.compare;

import java.util.Locale;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.experiment.RunningText;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.compare.PairRatio;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.load.LoadRun;
import org.jspecify.annotations.Nullable;

/// A running comparison as text for the page.
///
/// @param title pair in progress
/// @param step arm and phase of the current block
/// @param left expected time to the end
/// @param share pairs that have ended, 0..1
/// @param interim ratio so far, not final; empty before the first pair has ended
/// @param figures what the plot of the pairs shows
record RunningView(String title, String step, String left, double share, String interim, PairFigures figures)
        implements
            RunningText {

    static RunningView of(ComparisonRun run) {
        ComparisonRun.Status now = run.progress();
        int total = run.plan().pairs();
        @Nullable
        MetricResult interim = now.interim().orElse(null);
        String name = run.plan().primary().name();
        return new RunningView(String.format(Locale.ROOT, "Pair %d of %d", Math.min(now.pairs() + 1, total), total),
                step(now), Formats.clock(now.left()) + " left", (double) now.pairs() / total,
                interim == null ? "" : name + " is " + interim.ratio().print() + " of A",
                new PairFigures(PairRatio.of(now.blocks(), name), interim == null ? null : interim.ratio(),
                        run.plan().margin(), total, interim == null ? "" : interim.unit()));
    }

    private static String step(ComparisonRun.Status now) {
        if (now.arm().isEmpty()) {
            return now.pairs() == 0 ? "Preparing" : "Asking both arms the planted questions";
        }
        return "Arm " + now.arm() + now.phase().map(phase -> ", " + words(phase)).orElse("");
    }

    private static String words(LoadRun.Phase phase) {
        return switch (phase) {
            case PREPARING -> "preparing users";
            case WARMUP -> "settling, not counted";
            case MEASURING -> "measuring";
            case DRAINING -> "ending the last calls";
            case STORING -> "storing messages";
            case REMOVING -> "removing its data";
            case DONE -> "block ended";
            case FAILED -> "block failed";
        };
    }
}
