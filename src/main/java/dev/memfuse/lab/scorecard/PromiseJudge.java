package dev.memfuse.lab.scorecard;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.lab.paired.Direction;
import dev.memfuse.lab.paired.PairedRatios;
import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.lab.scorecard.PromiseResult.Outcome;
import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.Means;
import dev.memfuse.metrics.stats.Numbers;

/// Judges the promises by the blocks of one network. The blocks of a round are paired, since they do the same work.
final class PromiseJudge {
    private static final double ALPHA = 0.05;
    private static final double MARGIN = 0.03;
    /// A ratio is the exponential of a logarithm: that of 20 and 10 connections is not exactly a half.
    private static final double ROUNDING = 1e-9;

    private final NetworkProfile network;
    private final List<PhaseBlock> blocks;

    /// @param blocks all blocks, in the order of time; those of other networks are ignored
    PromiseJudge(NetworkProfile network, List<PhaseBlock> blocks) {
        this.network = network;
        this.blocks = blocks.stream().filter(block -> block.network() == network).toList();
    }

    PromiseResult judge(Promise promise) {
        Figure figure = promise.figure();
        Map<Phase, Double> medians = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            double[] values = values(figure, phase);
            if (values.length > 0) {
                medians.put(phase, Means.median(values));
            }
        }
        double[] before = values(figure, promise.from());
        double[] after = values(figure, promise.to());
        int rounds = Math.min(before.length, after.length);
        RatioEstimate ratio = PairedRatios.of(head(before, rounds), head(after, rounds))
                .estimate(MARGIN, ALPHA, Direction.LOWER_IS_BETTER);
        Interval reduction = new Interval(1 - ratio.ratio(), 1 - ratio.high(), 1 - ratio.low());
        Outcome outcome = outcome(ratio, promise.reduction());
        return new PromiseResult(network.label(), promise.name(), promise.text(), figure.title(),
                promise.from().title(), promise.to().title(), promise.reduction(), medians, figure.unit(), reduction,
                outcome, reason(promise, outcome));
    }

    private static Outcome outcome(RatioEstimate ratio, double promised) {
        if (Double.isNaN(ratio.ratio())) {
            return Outcome.NOT_MEASURED;
        }
        if (!ratio.bounded()) {
            return Outcome.UNDECIDED;
        }
        return 1 - ratio.high() >= promised - ROUNDING
                ? Outcome.KEPT
                : 1 - ratio.low() < promised - ROUNDING ? Outcome.NOT_KEPT : Outcome.UNDECIDED;
    }

    private static double[] head(double[] values, int length) {
        return Arrays.copyOf(values, length);
    }

    private double[] values(Figure figure, Phase phase) {
        return blocks.stream().filter(block -> block.phase() == phase)
                .sorted(Comparator.comparingInt(PhaseBlock::round))
                .flatMap(block -> Optional.ofNullable(block.figures().get(figure)).stream())
                .mapToDouble(Double::doubleValue).toArray();
    }

    private String reason(Promise promise, Outcome outcome) {
        String largest = outcome == Outcome.KEPT
                ? ""
                : promise.step().or(() -> slowestStep(promise)).flatMap(step -> largestStage(promise.to(), step))
                        .orElse("");
        return String.join(" ", List.of(largest, promise.note())).strip();
    }

    /// Returns the step that takes most of the response.
    private Optional<PlanStep> slowestStep(Promise promise) {
        if (promise.figure() != Figure.RESPONSE && promise.figure() != Figure.TEN_USERS) {
            return Optional.empty();
        }
        return List.of(PlanStep.values()).stream().max(Comparator.comparingDouble(
                step -> means(promise.to(), step).values().stream().mapToDouble(Double::doubleValue).sum()));
    }

    private Optional<String> largestStage(Phase phase, PlanStep step) {
        Map<String, Double> means = means(phase, step);
        double total = means.values().stream().mapToDouble(Double::doubleValue).sum();
        return means.entrySet().stream().max(Map.Entry.comparingByValue()).map(entry -> String.format(Locale.ROOT,
                "Largest stage of %s in %s: %s, %s of %s ms.", step.name().toLowerCase(Locale.ROOT), phase.title(),
                entry.getKey(), Numbers.value(entry.getValue()), Numbers.value(total)));
    }

    /// Returns the mean milliseconds of each stage over the blocks of a phase.
    private Map<String, Double> means(Phase phase, PlanStep step) {
        List<Map<String, Double>> stages = blocks.stream().filter(block -> block.phase() == phase)
                .map(block -> block.stages().getOrDefault(step, Map.of())).toList();
        Map<String, Double> means = new TreeMap<>();
        stages.forEach(one -> one.forEach((stage, ms) -> means.merge(stage, ms / stages.size(), Double::sum)));
        return means;
    }
}
