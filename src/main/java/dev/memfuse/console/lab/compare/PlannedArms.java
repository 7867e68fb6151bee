package dev.memfuse.console.lab.compare;

import java.util.List;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.lab.compare.ComparisonPlan;

/// The arms of a plan by the settings in which they differ.
///
/// @param a settings of A, `KEY=VALUE`
/// @param b settings of B of the same keys
/// @param text both arms for people; by their names where they differ in many settings, or in none
record PlannedArms(List<String> a, List<String> b, String text) {
    private static final int MOST_SHOWN = 3;

    static PlannedArms of(ComparisonPlan plan) {
        List<ConfigChange> differences = plan.differences();
        List<String> a = differences.stream().map(change -> change.path() + "=" + change.before()).toList();
        List<String> b = differences.stream().map(change -> change.path() + "=" + change.after()).toList();
        return new PlannedArms(a, b, differences.isEmpty() || differences.size() > MOST_SHOWN
                ? text(plan.a().name(), plan.b().name())
                : text(String.join(", ", a), String.join(", ", b)));
    }

    private static String text(String a, String b) {
        return "A: " + a + "\nB: " + b;
    }
}
