package dev.memfuse.lab.tune;

import java.util.List;

import dev.memfuse.lab.paired.Metric;

/// What a tuning is to achieve.
///
/// @param text the goal as it was written
/// @param objective metric to improve
/// @param minimise whether a smaller value is better; a larger one otherwise
/// @param constraints all of them hold for a candidate that is chosen
public record Goal(String text, Metric objective, boolean minimise, List<Constraint> constraints) {
    public Goal {
        constraints = List.copyOf(constraints);
    }

    /// Parses a goal such as `minimise query.p99 subject to throughput >= 500/s and recall >= 0.95 of start`.
    ///
    /// @throws IllegalArgumentException when it is no goal; the message is for the user
    public static Goal parse(String text) {
        return GoalParser.parse(text);
    }

    /// Returns the constraint on the throughput from below that is not relative; 0 when there is none.
    double throughputNeeded() {
        return constraints.stream()
                .filter(constraint -> constraint.on(Metric.Figure.THROUGHPUT) && constraint.atLeast()
                        && !constraint.ofStart())
                .mapToDouble(Constraint::limit).max().orElse(0);
    }

    /// Returns the constraints on recall.
    List<Constraint> onRecall() {
        return constraints.stream().filter(Constraint::onRecall).toList();
    }
}
