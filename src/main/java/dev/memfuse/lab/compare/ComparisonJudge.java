package dev.memfuse.lab.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Direction;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.lab.paired.PairedRatios;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.lab.paired.SecondaryMetrics;
import dev.memfuse.lab.trial.Guardrails;
import dev.memfuse.metrics.stats.Means;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// Judges the blocks of a comparison: ratios, decision and sentence.
///
/// @param plan plan of the comparison
/// @param alpha maximum probability of a false alarm of the interval
record ComparisonJudge(ComparisonPlan plan, double alpha) {
    private static final double PERCENT = 100;

    /// The blocks of one pair; null while one has not ended.
    private record Pair(@Nullable Block a, @Nullable Block b) {}

    /// Returns the result of a metric; the pairs in which a block lacks it are left out.
    MetricResult judge(Metric metric, List<Block> blocks) {
        List<double[]> values = new ArrayList<>();
        for (Pair pair : pairs(blocks)) {
            Block a = pair.a();
            Block b = pair.b();
            if (a != null && b != null && a.values().containsKey(metric.name())
                    && b.values().containsKey(metric.name())) {
                values.add(new double[]{value(a, metric), value(b, metric)});
            }
        }
        double[] a = values.stream().mapToDouble(pair -> pair[0]).toArray();
        double[] b = values.stream().mapToDouble(pair -> pair[1]).toArray();
        return new MetricResult(metric.name(), metric.figure().unit(), metric.equals(plan.primary()),
                metric.direction() == Direction.HIGHER_IS_BETTER, median(a), median(b),
                PairedRatios.of(a, b).estimate(plan.margin(), alpha, metric.direction()));
    }

    private static double value(Block block, Metric metric) {
        return block.values().getOrDefault(metric.name(), Double.NaN);
    }

    private static double median(double[] values) {
        return values.length == 0 ? Double.NaN : Means.median(values);
    }

    private static List<Pair> pairs(List<Block> blocks) {
        Map<Integer, Pair> pairs = new TreeMap<>();
        for (Block block : blocks) {
            Pair before = pairs.getOrDefault(block.pair(), new Pair(null, null));
            pairs.put(block.pair(),
                    block.candidate() ? new Pair(before.a(), block) : new Pair(block, before.b()));
        }
        return List.copyOf(pairs.values());
    }

    /// Returns the results of all metrics that at least one pair has, the primary one first; the others are corrected
    /// for their number.
    List<MetricResult> judgeAll(List<Block> blocks) {
        List<MetricResult> results = new ArrayList<>();
        results.add(judge(plan.primary(), blocks));
        List<MetricResult> others = Metric.of(plan.block()).stream().filter(metric -> !metric.equals(plan.primary()))
                .map(metric -> judge(metric, blocks)).filter(result -> result.ratio().pairs() > 0).toList();
        List<RatioEstimate> corrected = SecondaryMetrics.correct(others.stream().map(MetricResult::ratio).toList(),
                alpha);
        for (int i = 0; i < others.size(); i++) {
            MetricResult other = others.get(i);
            results.add(new MetricResult(other.name(), other.unit(), false, other.higherIsBetter(), other.a(),
                    other.b(), corrected.get(i)));
        }
        return List.copyOf(results);
    }

    /// Returns what forbids to call the candidate better: failed or void blocks, more errors, less recall.
    List<Problem> problems(List<Block> blocks, @Nullable RecallResult recall) {
        List<Problem> problems = new ArrayList<>(BlockProblems.of(blocks));
        Errors a = Errors.of(blocks, false);
        Errors b = Errors.of(blocks, true);
        if (b.roseFrom(a)) {
            problems.add(new Problem("more operations failed", String.format(Locale.ROOT,
                    "Errors rose from %.2f %% to %.2f %% of the operations.", a.share() * PERCENT,
                    b.share() * PERCENT), false));
        }
        if (recall != null) {
            Guardrails.recall(recall.a(), recall.b(), recall.difference())
                    .ifPresent(sentence -> problems.add(new Problem("Recall@10 fell", sentence, false)));
        }
        return List.copyOf(problems);
    }

    /// The errors of an arm.
    private record Errors(long errors, long all) {
        /// Standard deviations by which the number of errors must differ, so that chance alone rarely does it.
        private static final double LIMIT = 2;

        static Errors of(List<Block> blocks, boolean candidate) {
            List<Block> arm = blocks.stream().filter(block -> block.candidate() == candidate).toList();
            long errors = arm.stream().mapToLong(Block::errors).sum();
            return new Errors(errors, errors + arm.stream().mapToLong(Block::operations).sum());
        }

        double share() {
            return all == 0 ? 0 : (double) errors / all;
        }

        /// Returns whether there are more errors than chance explains; errors are counted, so that their noise is the
        /// root of their number.
        boolean roseFrom(Errors before) {
            return share() > before.share()
                    && errors - before.errors > LIMIT * Math.sqrt(Math.max(1, (double) errors + before.errors));
        }
    }

    /// Returns the decision about the candidate: by the primary metric, but never better while there is a problem, and
    /// none at all while blocks are void.
    static Decision decision(MetricResult primary, List<Problem> problems) {
        Decision decision = primary.ratio().decision();
        return against(decision, problems).isPresent() ? Decision.NOT_ENOUGH : decision;
    }

    /// Returns the problem for which a decision does not count.
    private static Optional<Problem> against(Decision decision, List<Problem> problems) {
        return problems.stream().filter(problem -> problem.voids() || decision == Decision.BETTER).findFirst();
    }

    /// Returns the verdict in words.
    String sentence(MetricResult primary, Decision decision, List<Problem> problems) {
        RatioEstimate ratio = primary.ratio();
        if (ratio.pairs() == 0) {
            return String.format(Locale.ROOT, "Nothing can be said about %s: no block had the %s that it needs.",
                    primary.title(), Numbers.count(plan.primary().samplesNeeded(), "operation"));
        }
        ArmWords arms = new ArmWords(plan.differences());
        return switch (decision) {
            case BETTER, WORSE -> arms.verdict(decision.label(), primary) + ".";
            case SAME -> arms.verdict(same(), primary) + ".";
            case NOT_ENOUGH -> ratio.decision() == Decision.NOT_ENOUGH
                    ? undecided(arms, primary) + ". " + more(ratio)
                    : arms.verdict(
                            "probably " + (ratio.decision() == Decision.SAME ? same() : ratio.decision().label()),
                            primary)
                            + against(ratio.decision(), problems)
                                    .map(problem -> ", but this does not count: " + problem.brief()).orElse("")
                            + ".";
        };
    }

    private String same() {
        return String.format(Locale.ROOT, "the same within %.0f %%", plan.margin() * PERCENT);
    }

    private static String undecided(ArmWords arms, MetricResult primary) {
        return arms.change().isPresent()
                ? arms.verdict(Decision.NOT_ENOUGH.label(), primary)
                : "Not enough data: " + arms.ratio(primary);
    }

    private static String more(RatioEstimate ratio) {
        return ratio.pairsNeeded() >= RatioEstimate.NO_END
                ? "More pairs would not decide it."
                : String.format(Locale.ROOT, "About %s more would decide it.",
                        Numbers.count(ratio.pairsNeeded(), "pair"));
    }
}
