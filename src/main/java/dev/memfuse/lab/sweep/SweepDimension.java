package dev.memfuse.lab.sweep;

import java.util.List;

/// The second parameter of a sweep over a grid.
///
/// @param parameter name, as that of a [SweepPlan]
/// @param values ascending, 2..64
public record SweepDimension(String parameter, List<Double> values) {
    public SweepDimension {
        values = List.copyOf(values);
    }
}
