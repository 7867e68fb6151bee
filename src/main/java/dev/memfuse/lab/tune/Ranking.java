package dev.memfuse.lab.tune;

import java.util.Comparator;
import java.util.List;

import dev.memfuse.lab.paired.Metric;

/// The order of trials by a goal: those that keep the conditions first, then by the objective.
///
/// @param start trial of the start
record Ranking(Goal goal, Trial start) {
    /// Violation of a condition that a short load may show by chance, as a share of the limit.
    private static final double TOLERANCE = 0.05;

    /// Returns the trials that are still in, best first.
    List<Trial> order(List<Trial> trials) {
        return trials.stream().filter(trial -> trial.ended().isEmpty() && trial.loads() > 0)
                .sorted(Comparator.comparingDouble(this::violation).thenComparingDouble(this::cost)).toList();
    }

    /// Returns by how much a trial breaks the conditions at worst, as a share of the limit; 0 when it keeps them.
    /// Recall is not measured during the search.
    double violation(Trial trial) {
        double worst = 0;
        for (Constraint constraint : goal.constraints()) {
            Metric metric = constraint.metric();
            if (metric != null) {
                worst = Math.max(worst, constraint.violation(trial.value(metric), start.value(metric)));
            }
        }
        return worst <= TOLERANCE ? 0 : worst;
    }

    private double cost(Trial trial) {
        double value = trial.value(goal.objective());
        return Double.isNaN(value) ? Double.POSITIVE_INFINITY : goal.minimise() ? value : -value;
    }
}
