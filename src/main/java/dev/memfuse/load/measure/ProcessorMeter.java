package dev.memfuse.load.measure;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/// Measures how busy the processors of the machine are. Thread-safe.
final class ProcessorMeter {
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
            .getOperatingSystemMXBean();

    private double sum;
    private int samples;

    /// Starts again.
    synchronized void start() {
        sum = 0;
        samples = 0;
        double _ = SYSTEM.getCpuLoad();
    }

    /// Takes a sample of the time since the last one.
    synchronized void take() {
        double load = SYSTEM.getCpuLoad();
        if (load >= 0) {
            sum += load;
            samples++;
        }
    }

    /// Returns the mean since the start, 0..1; NaN without a sample.
    synchronized double mean() {
        return samples == 0 ? Double.NaN : sum / samples;
    }
}
