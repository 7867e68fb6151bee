package dev.memfuse.lab.tune;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.lab.compare.Block;
import dev.memfuse.lab.compare.ComparisonExecution;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.Trials;
import dev.memfuse.load.OperationKind;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.stats.Numbers;

/// The proof at the end of a tuning: the best candidate against the start in pairs of fresh blocks. The search has
/// chosen the best of many noisy figures, which flatters it; these blocks had no part in the choice.
final class FinalComparison {
    private static final int PAIRS = 8;
    /// With fewer pairs there is no interval.
    private static final int FEWEST_PAIRS = 6;
    private static final Duration LONGEST_BLOCK = Duration.ofMinutes(1);
    /// The blocks have seeds that no load of the search has.
    private static final long FRESH_SEEDS = 1_000;
    private static final double RESERVE = 1.3;
    /// Violation of a condition that the noise of a median of blocks explains, as a share of the limit.
    private static final double TOLERANCE = 0.02;

    private final TunePlan plan;
    private final Trial start;
    private final Trial best;
    private final Duration shortest;
    private String remark = "";

    /// @param shortest shortest block
    FinalComparison(TunePlan plan, Trial start, Trial best, Duration shortest) {
        this.plan = plan;
        this.start = start;
        this.best = best;
        this.shortest = shortest;
    }

    /// Compares. Blocks.
    ///
    /// @param deadline on the clock of [System#nanoTime]; six pairs of short blocks run also beyond it
    /// @return empty when it was stopped before its first pair
    Optional<ComparisonResult> run(Trials trials, Supplier<Optional<MemoryEngine>> engine, long deadline)
            throws InterruptedException {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        Duration around = start.around().plus(best.around());
        int pairs = PAIRS;
        Duration block = block(left, around, pairs);
        Duration least = longer(shortest, longer(forMedian(plan, start), forMedian(plan, best)));
        if (block.compareTo(least) < 0) {
            pairs = FEWEST_PAIRS;
            block = longer(least, block(left, around, pairs));
            if (block.equals(least)) {
                remark = String.format(Locale.ROOT,
                        "The budget was exceeded: the shortest final comparison at this rate has %d pairs of %s.",
                        pairs,
                        Numbers.seconds(block.toMillis() / 1e3));
            }
        }
        Metric metric = decidable(block);
        Workload load = plan.load().withDuration(block).withSeed(plan.load().seed() + FRESH_SEEDS);
        ComparisonPlan comparison = new ComparisonPlan(plan.start(),
                new Arm(best.candidate().name(), best.candidate().config()), load, false, metric, pairs, false,
                ComparisonPlan.MARGIN, 0).withGuardrails();
        try {
            return Optional.of(new ComparisonExecution(comparison, trials, engine).run());
        } catch (IllegalStateException e) {
            if (trials.stopped()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Duration block(Duration left, Duration around, int pairs) {
        return left.dividedBy(pairs).minus(around).dividedBy(2);
    }

    /// Returns the time that the shortest useful comparison takes, by the trial of the start.
    static Duration needed(TunePlan plan, Trial start) {
        return forMedian(plan, start).plus(start.around()).multipliedBy(2L * FEWEST_PAIRS);
    }

    /// Returns the length of a block with enough operations for a median; at most a minute.
    private static Duration forMedian(TunePlan plan, Trial trial) {
        OperationKind kind = plan.goal().objective().operation();
        double perSecond = kind == null ? 0 : trial.samplesPerSecond(kind);
        if (kind == null || perSecond <= 0) {
            return Duration.ZERO;
        }
        double seconds = new Metric(Metric.Figure.P50, kind).samplesNeeded() * RESERVE / perSecond;
        return Duration.ofMillis(Math.round(1e3 * Math.min(seconds, LONGEST_BLOCK.toSeconds())) + 1);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private double samplesPerSecond(OperationKind kind) {
        return Math.min(start.samplesPerSecond(kind), best.samplesPerSecond(kind));
    }

    /// Returns the objective, or the highest percentile below it for which a block has enough operations.
    private Metric decidable(Duration block) {
        Metric objective = plan.goal().objective();
        if (!objective.figure().latency()) {
            return objective;
        }
        OperationKind kind = Objects.requireNonNull(objective.operation());
        double samples = samplesPerSecond(kind) * block.toNanos() / 1e9;
        List<Metric> lower = Metric.of(plan.load()).stream()
                .filter(metric -> kind == metric.operation()
                        && metric.figure().percentile() <= objective.figure().percentile())
                .sorted(Comparator.comparingDouble((Metric metric) -> metric.figure().percentile()).reversed())
                .toList();
        for (Metric metric : lower) {
            if (samples >= metric.samplesNeeded() * RESERVE) {
                return remarked(objective, metric, samples);
            }
        }
        return remarked(objective, lower.getLast(), samples);
    }

    private Metric remarked(Metric objective, Metric decided, double samples) {
        if (!decided.equals(objective)) {
            remark += (remark.isEmpty() ? "" : " ") + String.format(Locale.ROOT,
                    "%s needs %s operations a block, and this budget allows about %s: the search used %s, the final "
                            + "comparison %s. A longer budget or a higher rate allows the objective itself.",
                    objective.title(), Numbers.count(objective.samplesNeeded()), Numbers.count(Math.round(samples)),
                    objective.title(), decided.title());
        }
        return decided;
    }

    /// Returns what limits the comparison; empty when nothing does.
    Optional<String> remark() {
        return remark.isEmpty() ? Optional.empty() : Optional.of(remark);
    }

    /// Returns whether blocks of the start were void, since it did not carry the offered load.
    static boolean startFellShort(ComparisonResult result) {
        List<Block> bad = result.blocks().stream()
                .filter(block -> !block.candidate() && block.verdict().outcome() != Verdict.Outcome.GOOD).toList();
        return !bad.isEmpty() && bad.stream().allMatch(block -> block.verdict().outcome() == Verdict.Outcome.VOID);
    }

    /// Returns whether the candidate is better: by the interval of the metric, with no problem except a start that did
    /// not carry the load, which is one sentence.
    static boolean proves(ComparisonResult result) {
        return !result.cancelled() && result.primary().ratio().decision() == Decision.BETTER
                && result.problems().size() == (startFellShort(result) ? 1 : 0);
    }

    /// Returns the conditions that the candidate broke in the comparison, a sentence each.
    static List<String> brokenConditions(Goal goal, ComparisonResult result) {
        List<String> broken = new ArrayList<>();
        for (Constraint constraint : goal.constraints()) {
            for (MetricResult metric : result.metrics()) {
                if (metric.name().equals(constraint.subject())
                        && constraint.violation(metric.b(), metric.a()) > TOLERANCE) {
                    broken.add(String.format(Locale.ROOT, "The condition %s is broken: %s against %s at the start.",
                            constraint.text(), Numbers.value(metric.b()), Numbers.value(metric.a())));
                }
            }
        }
        return broken;
    }
}
