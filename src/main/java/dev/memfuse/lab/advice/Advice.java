package dev.memfuse.lab.advice;

import java.util.List;

import org.jspecify.annotations.Nullable;

/// What one rule found.
///
/// @param rule name of the rule, in snake_case
/// @param score urgency, 1..100; up to 25 information, above 75 urgent
/// @param sentence the finding in one sentence
/// @param explanation why it matters, the limits of the rule and their source
/// @param evidence the measured facts, at least one
/// @param change settings to change; empty when the remedy is no setting
/// @param instruction remedy in words where no setting helps; empty otherwise
/// @param prediction expected effect of the change; null without a change
public record Advice(String rule, int score, String sentence, String explanation, List<Evidence> evidence,
        List<Setting> change, String instruction, @Nullable Prediction prediction) {
    /// Largest score of an information.
    public static final int INFORMATION = 25;
    /// Largest score of a warning that is not urgent.
    public static final int WARNING = 75;
    private static final int LARGEST = 100;

    public Advice {
        if (score < 1 || score > LARGEST) {
            throw new IllegalArgumentException("The score of " + rule + " is " + score + ", not 1..100.");
        }
        if (evidence.isEmpty()) {
            throw new IllegalArgumentException(rule + " has no evidence.");
        }
        evidence = List.copyOf(evidence);
        change = List.copyOf(change);
    }

    /// Returns the urgency in one word.
    public String urgency() {
        return score <= INFORMATION ? "information" : score <= WARNING ? "warning" : "urgent";
    }

    /// Returns whether the advice proposes settings that can be tried.
    public boolean triable() {
        return !change.isEmpty();
    }

    /// Returns a score from a share of what was observed.
    ///
    /// @param least score of a share of 0
    /// @param most score of a share of 1
    /// @param share clamped to 0..1
    static int score(int least, int most, double share) {
        double clamped = Double.isNaN(share) ? 0 : Math.clamp(share, 0, 1);
        return (int) Math.round(least + clamped * (most - least));
    }
}
