package dev.memfuse.lab.scorecard;

import java.util.Locale;
import java.util.Map;

import dev.memfuse.metrics.stats.Interval;

/// A promise beside what was measured.
///
/// @param network name of the network
/// @param medians median of the figure in each phase, over the rounds
/// @param unit unit of the medians; empty for a number of things
/// @param reduction measured reduction from `from` to `to`, 1 for nothing left, with its 95 % interval
/// @param outcome kept or not
/// @param reason what holds it back, or what to know; empty when nothing
public record PromiseResult(String network, String name, String text, String figure, String from, String to,
        double promised, Map<Phase, Double> medians, String unit, Interval reduction, Outcome outcome, String reason) {
    private static final double PERCENT = 100;

    /// Returns the figure before the promise; NaN when it was not measured.
    public double before() {
        return median(from);
    }

    /// Returns the figure after the promise; NaN when it was not measured.
    public double after() {
        return median(to);
    }

    private double median(String phase) {
        for (Map.Entry<Phase, Double> median : medians.entrySet()) {
            if (median.getKey().title().equals(phase)) {
                return median.getValue();
            }
        }
        return Double.NaN;
    }

    /// Returns the measured reduction as a change, with its interval: `-72 % [-75, -68]`; empty without one.
    public String change() {
        if (Double.isNaN(reduction.estimate())) {
            return "";
        }
        String estimate = signed(-PERCENT * reduction.estimate()) + " %";
        return reduction.bounded()
                ? String.format(Locale.ROOT, "%s [%s, %s]", estimate, signed(-PERCENT * reduction.high()),
                        signed(-PERCENT * reduction.low()))
                : estimate;
    }

    /// Returns a number as a whole one with its sign, none of zero: `-12`, `+3`, `0`.
    public static String signed(double value) {
        String text = String.format(Locale.ROOT, "%+.0f", value);
        return text.substring(1).equals("0") ? "0" : text;
    }

    /// Returns the distance of the measured reduction from the promised one, in percentage points; below 0 when it
    /// falls short, NaN when it was not measured.
    public double points() {
        return PERCENT * (reduction.estimate() - promised);
    }

    /// Returns the verdict with its distance from the promise: `not kept, by 12 points`.
    public String verdict() {
        return switch (outcome) {
            case KEPT, NOT_KEPT ->
                String.format(Locale.ROOT, "%s, by %.0f points", outcome.label(), Math.abs(points()));
            case UNDECIDED, NOT_MEASURED -> outcome.label();
        };
    }

    /// Whether a promise is kept.
    public enum Outcome {
        /// The whole interval is at or above the promise.
        KEPT("kept"),
        /// The whole interval is below the promise.
        NOT_KEPT("not kept"),
        /// The interval contains the promise.
        UNDECIDED("undecided"),
        /// This machine cannot measure the figure, or no round ended.
        NOT_MEASURED("not measured");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /// Returns the words on screen.
        public String label() {
            return label;
        }
    }
}
