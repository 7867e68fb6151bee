package dev.memfuse.lab.compare;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.MetricResult;
import dev.memfuse.metrics.stats.Numbers;

/// What a table says about one metric of a comparison.
///
/// @param shown decision that the row may stress; a better one does not count while the comparison has a problem, and
///        none does while blocks are void
/// @param label decision in words
public record MetricVerdict(Decision shown, String label) {
    /// Why the ratio need not be that of the two values beside it.
    public static final String RATIO = "The ratio is the median over the pairs, so it need not be B divided by A.";
    private static final String MARK = " †";

    /// Returns the verdict about a metric of a result.
    public static MetricVerdict of(MetricResult metric, ComparisonResult result) {
        Decision decision = metric.ratio().decision();
        if (decision != Decision.NOT_ENOUGH && !result.counts(decision)) {
            return new MetricVerdict(Decision.NOT_ENOUGH, "probably " + decision.label());
        }
        return new MetricVerdict(decision, decision.label() + (corrected(metric) ? MARK : ""));
    }

    /// Returns whether the metric alone is decided, but not among the others.
    private static boolean corrected(MetricResult metric) {
        boolean clear = metric.ratio().bounded() && (metric.ratio().low() > 1 || metric.ratio().high() < 1);
        return !metric.primary() && clear && metric.ratio().decision() == Decision.NOT_ENOUGH
                && metric.ratio().pValue() > ComparisonPlan.ALPHA;
    }

    /// Returns what the mark of some rows means; empty when none has it.
    ///
    /// @param rows the rows of the table
    /// @param result the comparison with all its metrics
    public static Optional<String> note(List<MetricResult> rows, ComparisonResult result) {
        long tested = result.metrics().stream().filter(metric -> !metric.primary() && metric.ratio().tested()).count();
        return rows.stream().anyMatch(MetricVerdict::corrected)
                ? Optional.of(String.format(Locale.ROOT,
                        "† Clear by its own interval, but not after the correction for %s (Holm's method): among so "
                                + "many, chance alone makes one look clear.",
                        Numbers.count(tested, "figure")))
                : Optional.empty();
    }
}
