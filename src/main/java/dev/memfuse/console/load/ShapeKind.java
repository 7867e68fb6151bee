package dev.memfuse.console.load;

import java.util.List;

/// The shapes of the rate in the load form, with their fields.
enum ShapeKind {
    STEADY("Steady", LoadField.RATE),
    RAMP("Ramp", LoadField.FROM, LoadField.TO, LoadField.OVER),
    STEPS("Steps", LoadField.EVERY),
    SPIKE("Spike", LoadField.RATE, LoadField.PEAK, LoadField.PEAK_AT, LoadField.PEAK_FOR),
    SINE("Sine", LoadField.RATE, LoadField.AMPLITUDE, LoadField.PERIOD),
    REPLAY("Replay of a run", LoadField.SCALE);

    private final String title;
    private final List<LoadField> fields;

    ShapeKind(String title, LoadField... fields) {
        this.title = title;
        this.fields = List.of(fields);
    }

    /// Returns the numeric fields of the shape.
    List<LoadField> fields() {
        return fields;
    }

    /// Returns the title, as a choice shows it.
    @Override
    public String toString() {
        return title;
    }
}
