package dev.memfuse.console.memory.knowledge;

import java.util.Locale;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.engine.Fact;

/// Facts as texts of the window.
final class FactTexts {
    private FactTexts() {}

    /// Returns the period of validity: "since 2026-11-26 10:15" or "… to …".
    static String validity(Fact fact) {
        String from = Formats.moment(fact.time().validFrom());
        return fact.time().validTo().map(end -> from + " to " + Formats.moment(end)).orElse("since " + from);
    }

    /// Returns whether it holds.
    static String status(Fact fact) {
        if (!fact.time().current()) {
            return "Superseded";
        }
        return fact.conflictsWith().isEmpty() ? "Current" : "Disputed";
    }

    static String confidence(Fact fact) {
        return String.format(Locale.ROOT, "%.2f", fact.confidence());
    }
}
