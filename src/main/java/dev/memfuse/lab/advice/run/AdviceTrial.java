package dev.memfuse.lab.advice.run;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.Prediction;
import dev.memfuse.lab.advice.Setting;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.RecallResult;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;

/// An advice as an experiment: what it predicted, what a comparison of its change measured, and what follows.
///
/// @param advice the advice
/// @param comparison settings in force (A) against them with the change (B)
/// @param outcome what to do with the change
/// @param sentence prediction and measurement in words
public record AdviceTrial(Advice advice, ComparisonResult comparison, Outcome outcome, String sentence) {
    private static final Duration BLOCK = Duration.ofSeconds(8);
    private static final Duration SETTLE = Duration.ofMillis(1500);
    /// A prediction above this expects no effect on the metric.
    private static final double NO_EFFECT = 0.97;

    /// What to do with a change.
    public enum Outcome {
        /// The comparison confirms it.
        KEEP("keep"),
        /// It is worse, has no effect, or broke a guardrail.
        REVERT("revert"),
        /// The comparison decides nothing.
        UNDECIDED("not decided");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /// Returns the words for results.
        public String label() {
            return label;
        }
    }

    /// Returns the comparison that tries the change of an advice, with guardrails.
    ///
    /// @param load load of the advice; each block is such a load of 8 s, longer when the metric needs it
    /// @throws IllegalArgumentException when the advice has no change; the message is for the user
    public static ComparisonPlan plan(Advice advice, Arms arms, Workload load) {
        Prediction prediction = advice.prediction();
        if (!advice.triable() || prediction == null) {
            throw new IllegalArgumentException("\"" + advice.sentence() + "\" has no setting to try: "
                    + advice.instruction());
        }
        List<String> settings = advice.change().stream().map(Setting::text).toList();
        return new ComparisonPlan(arms.arm(Optional.empty(), List.of()), arms.arm(Optional.empty(), settings),
                load.withDuration(BLOCK).withWarmup(Workload.Warmup.fixed(SETTLE)), false,
                Metric.parse(prediction.metric()), ComparisonPlan.QUICK_PAIRS, false, ComparisonPlan.MARGIN,
                ComparisonPlan.RECALL_TURNS).withGuardrails();
    }

    /// Judges a comparison of [#plan].
    public static AdviceTrial of(Advice advice, ComparisonResult comparison) {
        Prediction prediction = advice.prediction();
        double predicted = prediction == null ? 1 : prediction.ratio();
        Outcome outcome = outcome(comparison, predicted);
        return new AdviceTrial(advice, comparison, outcome, String.format(Locale.ROOT,
                "Predicted: %s about %.2fx. Measured: %s. %s", comparison.primary().title(), predicted,
                comparison.primary().ratio().print(), what(outcome, comparison)));
    }

    private static Outcome outcome(ComparisonResult comparison, double predicted) {
        if (comparison.aborted() != null) {
            return Outcome.REVERT;
        }
        if (recallRose(comparison) && comparison.primary().ratio().decision() != Decision.WORSE) {
            return Outcome.KEEP;
        }
        return switch (comparison.decision()) {
            case BETTER -> Outcome.KEEP;
            case WORSE -> Outcome.REVERT;
            case SAME -> predicted >= NO_EFFECT && comparison.problems().isEmpty() ? Outcome.KEEP : Outcome.REVERT;
            case NOT_ENOUGH -> Outcome.UNDECIDED;
        };
    }

    /// Returns whether the change won back recall, which a latency does not show.
    private static boolean recallRose(ComparisonResult comparison) {
        RecallResult recall = comparison.recall();
        return recall != null && recall.difference().low() > 0
                && recall.difference().points() > ComparisonPlan.RECALL_MARGIN_POINTS;
    }

    private static String what(Outcome outcome, ComparisonResult comparison) {
        String aborted = comparison.aborted();
        return aborted != null
                ? aborted + " The settings from before are in force."
                : switch (outcome) {
                    case KEEP -> "Keep the change.";
                    case REVERT -> comparison.decision() == Decision.SAME
                            ? "The change has no effect that matters: revert it."
                            : "Revert the change.";
                    case UNDECIDED -> "Not enough data for a decision; the change is not kept.";
                };
    }
}
