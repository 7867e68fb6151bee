package dev.memfuse.engine.retrieval;

import java.util.BitSet;
import java.util.function.Predicate;

/// Attributes of entries that do not depend on a question, by ordinal.
interface Attributes {
    /// Returns the number of terms of its text.
    int length(int ordinal);

    /// Returns whether its text ends with a question.
    boolean isQuestion(int ordinal);

    /// Returns whether its text states a time.
    boolean statesTime(int ordinal);

    /// Returns the time of its message in microseconds since 1970.
    long createdMicros(int ordinal);

    /// Returns the entries whose [SpeakerLabel] passes a test.
    BitSet spokenBy(Predicate<String> label);
}
