package dev.memfuse.console.lab.sweep;

import java.util.List;
import java.util.Locale;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.experiment.RunningText;
import dev.memfuse.lab.sweep.SweepPoint;
import dev.memfuse.lab.sweep.SweepRun;
import org.jspecify.annotations.Nullable;

/// A running sweep as text for the page.
///
/// @param title load in progress
/// @param step value of the parameter
/// @param left expected time to the end
/// @param share loads that have ended, 0..1
/// @param parameter the parameter
/// @param second the second parameter of a grid; null for one parameter
/// @param points points so far, not final
record RunningView(String title, String step, String left, double share, String parameter, @Nullable String second,
        List<SweepPoint> points)
        implements
            RunningText {

    static RunningView of(SweepRun run) {
        SweepRun.Status now = run.progress();
        return new RunningView(
                String.format(Locale.ROOT, "Load %d of %d", Math.min(now.loads() + 1, now.total()), now.total()),
                now.now().isEmpty() ? "Preparing" : "At " + now.now(), Formats.clock(now.left()) + " left",
                (double) now.loads() / now.total(), run.plan().parameter(),
                run.plan().second() == null ? null : run.plan().second().parameter(), now.points());
    }
}
