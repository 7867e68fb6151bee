package dev.memfuse.console.lab.advice;

import java.time.Duration;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.experiment.RunningText;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.advice.run.AdviceRun;
import dev.memfuse.progress.Progress;

/// The load of an advice as text for the page.
///
/// @param title what happens
/// @param step the load in words
/// @param left expected time to the end of the load
/// @param share part that has ended, 0..1
record AdviceProgress(String title, String step, String left, double share) implements RunningText {
    /// Time of a load beside its warm-up and its measured part.
    private static final Duration AROUND = Duration.ofSeconds(2);

    static AdviceProgress of(AdviceRun run) {
        Progress now = run.progress();
        double share = Math.max(0, now.share());
        Duration all = planned(run.plan());
        return new AdviceProgress(now.phase(), "under the settings in force",
                now.share() < 0 ? "" : Formats.clock(all.minusMillis(Math.round(share * all.toMillis()))) + " left",
                share);
    }

    /// Returns the expected time of a load.
    static Duration planned(AdvicePlan plan) {
        return plan.load().warmup().minimum().plus(plan.load().duration()).plus(AROUND);
    }
}
