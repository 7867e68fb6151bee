package dev.memfuse.lab.advice.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.lab.advice.Advice;

/// The advice about an engine under a load. Serialized as JSON, with component names in snake_case.
///
/// @param formatVersion 1
/// @param startedAt start of the measured part of the load
/// @param cancelled whether it was ended by hand; the advice covers the load until then
/// @param sentence the finding in one sentence, or why there is no advice
/// @param enough whether there were enough operations and time for advice
/// @param problems sentences about what limits the figures, such as the verdict on the load
/// @param advice most urgent first
/// @param load the load in words
/// @param environment machine, JVM, database, versions
public record AdviceReport(int formatVersion, Instant startedAt, boolean cancelled, String sentence, boolean enough,
        List<String> problems, List<Advice> advice, String load, Map<String, String> environment) {
    /// Says that the load was ended by hand.
    public static final String CANCELLED = "The load was ended by hand; the advice covers it until then.";

    public AdviceReport {
        problems = List.copyOf(problems);
        advice = List.copyOf(advice);
    }

    /// Returns the finding in a few words.
    public String outcome() {
        return !enough ? "too little" : advice.isEmpty() ? "none" : advice.getFirst().urgency();
    }

    /// Returns whether an advice is more than an information.
    public boolean warns() {
        return advice.stream().anyMatch(one -> one.score() > Advice.INFORMATION);
    }
}
