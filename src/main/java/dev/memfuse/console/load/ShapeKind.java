package dev.memfuse.console.load;

import java.util.List;

/// The shapes of the rate in the load form, with their fields.
enum ShapeKind {
    STEADY("Steady"),
    RAMP("Ramp"),
    STEPS("Steps"),
    SPIKE("Spike"),
    SINE("Sine"),
    REPLAY("Replay of a run");

    private final String title;

    ShapeKind(String title) {
        this.title = title;
    }

    /// Returns the numeric fields of the shape.
    List<LoadField> fields() {
        return switch (this) {
            case STEADY -> List.of(LoadField.RATE);
            case RAMP -> List.of(LoadField.FROM, LoadField.TO, LoadField.OVER);
            case STEPS -> List.of(LoadField.EVERY);
            case SPIKE -> List.of(LoadField.RATE, LoadField.PEAK, LoadField.PEAK_AT, LoadField.PEAK_FOR);
            case SINE -> List.of(LoadField.RATE, LoadField.AMPLITUDE, LoadField.PERIOD);
            case REPLAY -> List.of(LoadField.SCALE);
        };
    }

    /// Returns the title, as a choice shows it.
    @Override
    public String toString() {
        return title;
    }
}
