package dev.memfuse.lab.effect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.memfuse.lab.paired.RatioEstimate;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.metrics.stats.Numbers;
import dev.memfuse.metrics.stats.Percentiles;

/// The measured effect of a setting: what one metric does when the setting changes from one value to another.
///
/// @param recording id of the recording that holds the measurement
/// @param kind comparison, trial or scorecard
/// @param at end of the measurement
/// @param path the setting, for instance `buffer.bypass_mode`
/// @param before value of the reference, as YAML prints it
/// @param after value of the candidate, as YAML prints it
/// @param together the other settings that changed with it; empty when it changed alone
/// @param metric name of the metric: `add.p50`
/// @param higherIsBetter whether a larger value of the metric is better
/// @param ratio metric with `after` divided by metric with `before`
/// @param validity whether it holds for this machine and this version
public record MeasuredEffect(String recording, RecordingKind kind, Instant at, String path, String before,
        String after, List<String> together, String metric, boolean higherIsBetter, RatioEstimate ratio,
        Validity validity) {
    private static final double SMALL = 2;
    private static final double LARGE = 10;

    /// Whether a figure holds here and now.
    public enum Validity {
        /// Measured on this machine by this version.
        CURRENT(""),
        /// Measured on this machine by another version.
        OTHER_VERSION("measured with another version"),
        /// Measured on another machine, as an imported recording is.
        OTHER_MACHINE("measured on another machine");

        private final String label;

        Validity(String label) {
            this.label = label;
        }

        /// Returns the words on screen; empty for a figure that holds.
        public String label() {
            return label;
        }
    }

    public MeasuredEffect {
        together = List.copyOf(together);
    }

    /// Returns the effect with its interval: `add p50 2.2x better [2.0, 2.4]`.
    public String figure() {
        String name = Percentiles.title(metric.replace('.', ' '));
        if (Double.isNaN(ratio.ratio()) || ratio.ratio() <= 0) {
            return name + " not measured";
        }
        return switch (ratio.decision()) {
            case BETTER -> name + " " + factor(higherIsBetter) + " better" + interval(higherIsBetter);
            case WORSE -> name + " " + factor(!higherIsBetter) + " worse" + interval(!higherIsBetter);
            case SAME -> name + " the same, " + factor(true) + interval(true);
            case NOT_ENOUGH -> name + " undecided, " + factor(true) + interval(true);
        };
    }

    private String factor(boolean direct) {
        double factor = direct ? ratio.ratio() : 1 / ratio.ratio();
        return number(factor, factor) + "x";
    }

    private String interval(boolean direct) {
        if (!ratio.bounded()) {
            return "";
        }
        double factor = direct ? ratio.ratio() : 1 / ratio.ratio();
        double low = direct ? ratio.low() : 1 / ratio.high();
        double high = direct ? ratio.high() : 1 / ratio.low();
        return " [" + number(low, factor) + ", " + number(high, factor) + "]";
    }

    /// Formats a number with the decimals of the estimate, so that estimate and interval read alike.
    private static String number(double value, double estimate) {
        return String.format(Locale.ROOT, estimate < SMALL ? "%.2f" : estimate < LARGE ? "%.1f" : "%.0f", value);
    }

    /// Returns what was compared: `true instead of false`, with the settings that changed with it.
    public String change() {
        String change = after + " instead of " + before;
        return switch (together.size()) {
            case 0 -> change;
            case 1 -> change + ", together with " + together.getFirst();
            default -> change + ", together with " + together.size() + " other settings";
        };
    }

    /// Returns how long ago it was measured: `3 days ago`.
    public String age(Instant now) {
        Duration age = Duration.between(at, now);
        if (age.toMinutes() < 1) {
            return "just now";
        }
        String length = age.toHours() < 1
                ? Numbers.count(age.toMinutes(), "minute")
                : age.toDays() < 1 ? Numbers.count(age.toHours(), "hour") : Numbers.count(age.toDays(), "day");
        return length + " ago";
    }

    /// Returns the whole effect as one line: `true instead of false: add p50 2.2x better [2.0, 2.4], 3 days ago`, with
    /// what limits it.
    public String line(Instant now) {
        String limit = validity.label();
        return change() + ": " + figure() + ", " + age(now) + (limit.isEmpty() ? "" : ", " + limit);
    }
}
