package dev.memfuse.metrics.alert;

/// A rule of the user: a metric beyond a limit for some seconds raises an alert.
///
/// @param id stable and unique among the rules: letters, digits and hyphens
/// @param metric id of the metric, see [AlertMetrics]
/// @param side which side of the limit is bad
/// @param limit in the unit of the metric
/// @param lastingSeconds seconds beyond the limit, of five thirds of them, that raise an alert, 1..600
/// @param quietSeconds seconds clearly within the limit that end it, 1..600
/// @param enabled whether it is evaluated
public record MetricRule(String id, String metric, Side side, double limit, int lastingSeconds, int quietSeconds,
        boolean enabled) implements AlertSource {
    /// Largest number of seconds.
    public static final int MAX_SECONDS = 600;
    /// Distance from the limit, as a share of it, from which a value is clearly within.
    private static final double MARGIN = 0.1;

    /// The bad side of a limit.
    public enum Side {
        ABOVE,
        BELOW;

        /// Returns the word for the user.
        public String label() {
            return this == ABOVE ? "above" : "below";
        }

        /// Returns the value that is clearly within a limit: a value close to the limit raises one alert, not many. It
        /// is one that the metric can have, since an alert would not end otherwise.
        double clear(double limit, AlertUnit unit) {
            double margin = unit == AlertUnit.COUNT ? 0 : MARGIN * limit;
            return this == ABOVE ? limit - margin : Math.min(limit + margin, Math.max(limit, unit.highest()));
        }
    }

    /// @throws IllegalArgumentException when a value is out of range or the metric is unknown
    public MetricRule {
        if (!id.matches("[A-Za-z0-9-]{1,60}") || AlertMetrics.find(metric).isEmpty()) {
            throw new IllegalArgumentException("No rule " + id + " on the metric " + metric);
        }
        if (!Double.isFinite(limit) || limit < 0 || lastingSeconds < 1 || lastingSeconds > MAX_SECONDS
                || quietSeconds < 1 || quietSeconds > MAX_SECONDS) {
            throw new IllegalArgumentException("A value of the rule " + id + " is out of range");
        }
    }

    /// Returns the metric.
    public AlertMetric resolved() {
        return AlertMetrics.find(metric).orElseThrow();
    }

    @Override
    public String title() {
        return resolved().title();
    }

    /// Returns the condition as a sentence without a full stop: "p95 of query above 250 ms for 3 s".
    public String describe() {
        return title() + " " + side.label() + " " + resolved().unit().format(limit) + " for " + lastingSeconds + " s";
    }

    /// Returns the rule switched on or off.
    public MetricRule enabled(boolean on) {
        return new MetricRule(id, metric, side, limit, lastingSeconds, quietSeconds, on);
    }

    boolean isBeyond(double value) {
        return side == Side.ABOVE ? value > limit : value < limit;
    }
}
