package dev.memfuse.cli.terminal;

import java.util.Locale;

import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.progress.Progress;

/// Describes the progress of a comparison.
public final class ComparisonProgress {
    private ComparisonProgress() {}

    /// Returns the progress with the interval so far, which is not final.
    public static Progress of(ComparisonRun run) {
        return of(run.progress(), run.plan());
    }

    /// Returns the progress with the interval so far, which is not final.
    public static Progress of(ComparisonRun.Status status, ComparisonPlan plan) {
        String interim = status.interim().map(metric -> {
            RatioEstimate ratio = metric.ratio();
            return ratio.bounded()
                    ? String.format(Locale.ROOT, ", not final: %s %.2fx [%.2f, %.2f]", metric.title(), ratio.ratio(),
                            ratio.low(), ratio.high())
                    : String.format(Locale.ROOT, ", not final: %s %.2fx", metric.title(), ratio.ratio());
        }).orElse("");
        String what = String.format(Locale.ROOT, "pair %d of %d%s, %s left%s",
                Math.min(status.pairs() + 1, plan.pairs()), plan.pairs(),
                status.arm().isEmpty()
                        ? ""
                        : ", arm " + status.arm() + (status.restarting() ? ", restarting PostgreSQL" : ""),
                Numbers.seconds(status.left().toSeconds()), interim);
        return new Progress("Comparing", status.pairs(), plan.pairs(), Progress.Unit.SHARE, what);
    }
}
