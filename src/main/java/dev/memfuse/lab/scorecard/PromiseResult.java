package dev.memfuse.lab.scorecard;

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
