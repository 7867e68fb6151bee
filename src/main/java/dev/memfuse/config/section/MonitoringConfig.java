package dev.memfuse.config.section;

import java.time.Duration;

/// Section `monitoring`.
///
/// @param sampleRate samples of the pool and all gauges per second, 1..20
/// @param logLevel lowest severity that the log file records
/// @param thresholds limits that raise an alert
public record MonitoringConfig(int sampleRate, LogLevel logLevel, ThresholdsConfig thresholds) {

    /// Section `monitoring.thresholds`. An alert is active while the value of the last second exceeds its limit.
    ///
    /// @param connectionPoolAccess p99 of the wait for a connection, 0.1 ms..10 min
    /// @param add p99 of adding a batch, 0.1 ms..10 min
    /// @param query p99 of a query, 0.1 ms..10 min
    /// @param errorRate share of failed operations among all, 0..1
    /// @param heapUsed used share of the maximum heap, 0..1
    public record ThresholdsConfig(Duration connectionPoolAccess, Duration add, Duration query, double errorRate,
            double heapUsed) {}
}
