package dev.memfuse.lab.paired;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import dev.memfuse.metrics.stats.Holm;
import dev.memfuse.metrics.stats.Interval;
import dev.memfuse.metrics.stats.PairPower;

/// Corrects the decisions about the metrics beside the primary one, so that the probability of any false alarm among
/// them stays at alpha.
public final class SecondaryMetrics {
    private SecondaryMetrics() {}

    /// Returns the estimates in their order, those without a difference after Holm's correction as
    /// [not enough data][Decision#NOT_ENOUGH]. Their p values are corrected; ratios and intervals stay those of one
    /// metric alone. "Same" stays, since it is no alarm.
    ///
    /// @param alpha maximum probability of any false alarm among the metrics, the alpha of their intervals
    public static List<RatioEstimate> correct(List<RatioEstimate> estimates, double alpha) {
        int[] tested = IntStream.range(0, estimates.size()).filter(i -> estimates.get(i).tested()).toArray();
        double[] adjusted = Holm.adjust(Arrays.stream(tested).mapToDouble(i -> estimates.get(i).pValue()).toArray());
        List<RatioEstimate> corrected = new ArrayList<>(estimates);
        for (int i = 0; i < tested.length; i++) {
            corrected.set(tested[i], correct(estimates.get(tested[i]), adjusted[i], alpha, alpha / tested.length));
        }
        return List.copyOf(corrected);
    }

    private static RatioEstimate correct(RatioEstimate estimate, double pValue, double alpha, double strictest) {
        boolean alarm = estimate.decision() == Decision.BETTER || estimate.decision() == Decision.WORSE;
        boolean refused = alarm && pValue > alpha;
        return new RatioEstimate(estimate.ratio(), estimate.low(), estimate.high(), pValue, estimate.method(),
                estimate.pairs(), refused ? Decision.NOT_ENOUGH : estimate.decision(),
                refused ? pairsNeeded(estimate, alpha, strictest) : estimate.pairsNeeded());
    }

    private static int pairsNeeded(RatioEstimate estimate, double alpha, double strictest) {
        Interval logs = new Interval(estimate.ratio(), estimate.low(), estimate.high()).map(Math::log);
        double noise = PairPower.noise(logs, estimate.pairs(), alpha);
        int total = PairPower.pairsFor(noise, logs.estimate(), strictest, PairPower.PLANNED, RatioEstimate.NO_END);
        return total >= RatioEstimate.NO_END ? total : Math.max(1, total - estimate.pairs());
    }
}
