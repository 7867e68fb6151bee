package dev.memfuse.metrics.stats;

/// The sample autocorrelation of a series in the order of time.
public final class Autocorrelation {
    private Autocorrelation() {}

    /// Returns the correlation of each value with the value `lag` places before; 0 when the values are all equal or the
    /// series is not longer than the lag.
    ///
    /// @param series in the order of time
    /// @param lag 0 or larger
    public static double at(double[] series, int lag) {
        double variance = covariance(series, 0);
        return variance == 0 || lag >= series.length ? 0 : covariance(series, lag) / variance;
    }

    /// Returns the autocovariance, divided by the length of the series.
    static double covariance(double[] series, int lag) {
        double mean = Means.mean(series);
        double sum = 0;
        for (int i = lag; i < series.length; i++) {
            sum += (series[i] - mean) * (series[i - lag] - mean);
        }
        return series.length == 0 ? 0 : sum / series.length;
    }
}
