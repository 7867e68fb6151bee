package dev.memfuse.metrics.span;

import java.util.OptionalDouble;

/// One figure of a span and of the span before it.
///
/// @param group what the figure belongs to
/// @param name name of the figure within its group
/// @param unit its unit; empty for a number
/// @param selected value in the span; `NaN` when it is not known
/// @param before value in the span before; `NaN` when it is not known
/// @param selectedRough whether too few samples make the value rough
/// @param beforeRough whether too few samples make the value before rough
public record SpanRow(Group group, String name, String unit, double selected, double before, boolean selectedRough,
        boolean beforeRough) {

    /// Groups of figures, in their order.
    public enum Group {
        /// Number, rate, latency and errors of operations.
        CALLS,
        /// Mean time of a call in each stage.
        STAGES,
        /// Statements, rows and round trips.
        STATEMENTS,
        /// Connections and waits for them.
        POOL
    }

    /// Creates a figure that is never rough.
    SpanRow(Group group, String name, String unit, double selected, double before) {
        this(group, name, unit, selected, before, false, false);
    }

    /// Returns the relative change since the span before: 0.1 for a tenth more. Empty when one of the values is not
    /// known or the value before is 0.
    public OptionalDouble change() {
        return Double.isNaN(selected) || Double.isNaN(before) || before == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(selected / before - 1);
    }
}
