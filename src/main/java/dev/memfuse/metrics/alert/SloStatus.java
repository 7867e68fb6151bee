package dev.memfuse.metrics.alert;

/// State of an objective since the start, over at most six hours.
///
/// @param seconds number of counted seconds
/// @param good share of the good ones, 0..1; 1 without any
/// @param budgetLeft share of the budget of bad seconds that is left; negative when it is overdrawn
/// @param burnFiveMinutes burn rate over the last five minutes; 1 uses up exactly the budget
/// @param burnHour burn rate over the last hour
public record SloStatus(ServiceLevel objective, long seconds, double good, double budgetLeft, double burnFiveMinutes,
        double burnHour) {}
