package dev.memfuse.lab.trial;

import java.util.EnumMap;
import java.util.Map;

import dev.memfuse.load.OperationKind;
import dev.memfuse.load.RunMeasurement;
import org.HdrHistogram.Histogram;

/// What the loads of one arm measured together. Histograms are added, percentiles are never averaged. For one thread.
public final class ArmReading {
    private static final int DIGITS = 3;

    private final Map<OperationKind, Histogram> latencies = new EnumMap<>(OperationKind.class);
    private long succeeded;
    private long errors;
    private long poolTimeouts;
    private double seconds;

    /// Adds a load of the arm.
    public void add(RunMeasurement load) {
        load.latencies().forEach(
                (kind, histogram) -> latencies.computeIfAbsent(kind, _ -> new Histogram(DIGITS)).add(histogram));
        succeeded += load.result().succeeded();
        errors += load.result().errors() + load.result().unfinished();
        poolTimeouts += load.result().pool().timeouts();
        seconds += load.result().seconds();
    }

    /// Returns the latencies of an operation in nanoseconds; empty when the loads had none.
    public Histogram latencies(OperationKind kind) {
        return latencies.getOrDefault(kind, new Histogram(DIGITS));
    }

    /// Returns the successful operations.
    public long succeeded() {
        return succeeded;
    }

    /// Returns the operations that failed or did not end.
    public long errors() {
        return errors;
    }

    /// Returns the waits for a connection that timed out.
    public long poolTimeouts() {
        return poolTimeouts;
    }

    /// Returns the length of the measured parts.
    public double seconds() {
        return seconds;
    }

    /// Returns the share of the operations that failed or did not end, 0..1.
    public double errorShare() {
        return succeeded + errors == 0 ? 0 : (double) errors / (succeeded + errors);
    }
}
