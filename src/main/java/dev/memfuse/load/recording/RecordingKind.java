package dev.memfuse.load.recording;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The kinds of recordings.
public enum RecordingKind {
    /// One load.
    LOAD,
    /// Two settings in alternating blocks.
    COMPARISON,
    /// The promises of the plan.
    SCORECARD,
    /// One or two settings over their ranges.
    SWEEP,
    /// What the rules of advice found under a load.
    ADVICE,
    /// The comparison that tried an advice.
    TRIAL,
    /// A search for better settings.
    TUNING,
    /// What the engine measured in a span of time, whoever called it.
    OBSERVATION;

    /// Returns whether recordings of this kind have a course over time, which can lie beneath the live charts.
    public boolean hasCourse() {
        return this == LOAD || this == OBSERVATION;
    }

    /// Returns whether such runs draw random numbers from a seed of their own.
    public boolean hasSeed() {
        return this != OBSERVATION;
    }

    /// Returns the name in files and ids: lower case.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Returns the name of several of them.
    public String plural() {
        return this == ADVICE ? label() : label() + "s";
    }

    /// Returns the kind with this label.
    public static Optional<RecordingKind> of(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label().equals(label)).findFirst();
    }
}
