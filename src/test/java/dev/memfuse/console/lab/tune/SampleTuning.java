package dev.memfuse.console.lab.tune;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.lab.compare.SampleComparison;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.tune.TriedCandidate;
import dev.memfuse.lab.tune.TunePlan;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.lab.tune.TuneRun;

/// A tuning of five candidates.
public final class SampleTuning {
    private static final Instant START = Instant.parse("2026-11-27T14:02:00Z");

    private SampleTuning() {}

    private static List<ConfigChange> changes(TunePlan plan) {
        MemFuseConfig better = ConfigValues.with(plan.start().config(), "postgres.pool_size", 11);
        return ConfigDiff.between(plan.start().config(), ConfigValues.with(better, "buffer.query.cache_size", 250));
    }

    private static List<TriedCandidate> tried(List<ConfigChange> changes) {
        return List.of(new TriedCandidate(0, "as it runs", List.of(), 3, 14.2, Map.of("query.p50", 4.62), "the start"),
                new TriedCandidate(1, "profile optimized", changes, 3, 14.2, Map.of("query.p50", 2.91), "chosen"),
                new TriedCandidate(2, "profile phase3", changes, 2, 7.1, Map.of("query.p50", 3.07),
                        "left out after round 2"),
                new TriedCandidate(3, "variation of the start", changes, 1, 2.0, Map.of("query.p50", 9.8),
                        "ended by a guardrail: query p95 is 2.3x of the reference (limit: 2x)"),
                new TriedCandidate(4, "variation of optimized", changes, 1, 2.0, Map.of("query.p50", 3.4),
                        "left out after round 1"));
    }

    /// Returns the progress in the second round.
    public static TuneRun.Status progress() {
        return new TuneRun.Status("round 2 of 3, candidate 1 (profile optimized)", 0.42, Duration.ofSeconds(348),
                tried(List.of()));
    }

    /// Returns the result of a plan.
    public static TuneResult result(TunePlan plan, boolean proven) {
        List<ConfigChange> changes = changes(plan);
        MemFuseConfig best = plan.start().config();
        for (ConfigChange change : changes) {
            best = ConfigValues.with(best, change.path(), ConfigValues.parse(change.path(), change.after()));
        }
        ComparisonPlan last = new ComparisonPlan(plan.start(), new Arm("candidate 1 (profile optimized)", best),
                plan.load(), false, Metric.parse("add.p50"), 8, false, ComparisonPlan.MARGIN, 0);
        ComparisonResult comparison = SampleComparison.result(last, 8, proven ? 0.63 : 1, List.of());
        return new TuneResult(1, START, false, plan.goal().text(),
                (proven ? "Better than the start: " : "Not shown to be better than the start: ")
                        + "candidate 1 (profile optimized), add.p50 " + comparison.primary().ratio().print()
                        + " of the start.",
                proven,
                List.of("It changes what is remembered, not only how fast: layers.m2. --keep layers keeps it."), 1,
                changes, comparison.recall(), comparison, tried(changes),
                Map.of("candidates", "4 tried: profiles, then a Latin hypercube around them", "seed", "42"),
                Map.of("java", "25"));
    }
}
