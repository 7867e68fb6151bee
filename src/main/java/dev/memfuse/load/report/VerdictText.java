package dev.memfuse.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.load.Verdict;

/// Describes the verdict on a run.
public final class VerdictText {
    private VerdictText() {}

    /// Returns the outcome in one word, capitalized: `Good`, `Failed`, `Void`, `Stopped`.
    public static String word(Verdict verdict) {
        String label = verdict.outcome().label();
        return label.substring(0, 1).toUpperCase(Locale.ROOT) + label.substring(1);
    }

    /// Returns one sentence for each reason; for a good run, that it kept every limit.
    public static List<String> reasons(Verdict verdict) {
        return verdict.reasons().isEmpty()
                ? List.of("Every limit was kept.")
                : verdict.reasons().stream().map(Verdict.Reason::sentence).toList();
    }

    /// Returns the lines for the terminal: the word, then the reasons.
    static List<String> lines(Verdict verdict) {
        List<String> lines = new ArrayList<>();
        lines.add("Verdict: " + verdict.outcome().label());
        reasons(verdict).forEach(reason -> lines.add("  - " + reason));
        return lines;
    }
}
