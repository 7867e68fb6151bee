package dev.memfuse.metrics.alert;

/// What raises an alert: a condition of the program, a rule of the user, or a service level objective.
public sealed interface AlertSource permits AlertRule, MetricRule, ServiceLevel {
    /// Returns the stable id.
    String id();

    /// Returns the name shown to the user.
    String title();
}
