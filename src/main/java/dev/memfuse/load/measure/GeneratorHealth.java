package dev.memfuse.load.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.load.Saturation;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Verdict.Cause;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/// Whether the load generator got the time that it needed in the measured part. It shares the process with the engine,
/// and with it the processors and the collector.
///
/// @param processorsBusy mean share of the machine's processor time in use by any program, 0..1; NaN when not known
/// @param collecting share of the time in pauses of the collector, 0..1
/// @param paused share of the time in pauses of the process of more than 10 ms, those of the collector included, 0..1
public record GeneratorHealth(double processorsBusy, double collecting, double paused) {
    /// Nothing was measured.
    public static final GeneratorHealth UNKNOWN = new GeneratorHealth(Double.NaN, 0, 0);
    /// Above this share in pauses an open run is void: arrivals came in bursts after each pause.
    static final double MAX_PAUSED = 0.2;
    /// The same for pauses of the collector.
    static final double MAX_COLLECTING = 0.1;
    /// Above this share latencies contain waits for a processor.
    static final double MUCH_BUSY = 0.95;
    private static final double PERCENT = 100;

    private static final long LONG_PAUSE_NANOS = 10_000_000;

    /// Returns the health over a stretch of time.
    ///
    /// @param processorsBusy mean share of the machine's processor time in use, 0..1; NaN when not known
    /// @param gcMillis milliseconds of pauses of the collector
    /// @param pauses pauses of the process in nanoseconds
    /// @param seconds length of the stretch
    public static GeneratorHealth of(double processorsBusy, long gcMillis, Histogram pauses, double seconds) {
        if (seconds <= 0) {
            return UNKNOWN;
        }
        double paused = 0;
        for (HistogramIterationValue value : pauses.recordedValues()) {
            if (value.getValueIteratedTo() > LONG_PAUSE_NANOS) {
                paused += (double) value.getValueIteratedTo() * value.getCountAtValueIteratedTo();
            }
        }
        return new GeneratorHealth(processorsBusy, Math.min(1, gcMillis / 1e3 / seconds),
                Math.min(1, paused / 1e9 / seconds));
    }

    /// Returns the signs that the generator is saturated; empty when it is not.
    ///
    /// @param open whether operations arrive by a schedule, which pauses delay
    public List<Saturation> saturation(boolean open) {
        List<Saturation> signs = new ArrayList<>();
        if (open) {
            String cause = collecting > MAX_COLLECTING
                    ? String.format(Locale.ROOT, "the collector took %.0f %% of the time", collecting * PERCENT)
                    : String.format(Locale.ROOT, "it could not run for %.0f %% of the time", paused * PERCENT);
            reasons().forEach(reason -> signs.add(new Saturation(cause, reason.sentence())));
        }
        warnings().forEach(warning -> signs.add(new Saturation(
                String.format(Locale.ROOT, "processors busy to %.0f %%", processorsBusy * PERCENT), warning)));
        return signs;
    }

    /// Returns why the figures of an open run are void as a measurement; empty when they are not.
    public List<Verdict.Reason> reasons() {
        List<Verdict.Reason> reasons = new ArrayList<>();
        if (collecting > MAX_COLLECTING) {
            reasons.add(new Verdict.Reason(Cause.GENERATOR, collecting, MAX_COLLECTING, String.format(Locale.ROOT,
                    "Void as a measurement of the engine: the collector stopped the process, and the load generator in "
                            + "it, for %.0f %% of the time (at most %.0f %% may). Give the program more memory.",
                    collecting * PERCENT, MAX_COLLECTING * PERCENT)));
        } else if (paused > MAX_PAUSED) {
            reasons.add(new Verdict.Reason(Cause.GENERATOR, paused, MAX_PAUSED, String.format(Locale.ROOT,
                    "Void as a measurement of the engine: the load generator could not run for %.0f %% of the time, in "
                            + "pauses of more than 10 ms (at most %.0f %% may)%s.",
                    paused * PERCENT, MAX_PAUSED * PERCENT, busy())));
        }
        return reasons;
    }

    private String busy() {
        return Double.isNaN(processorsBusy)
                ? ""
                : String.format(Locale.ROOT, "; the processors were busy to %.0f %%", processorsBusy * PERCENT);
    }

    /// Returns sentences about what may be in the figures without making them void.
    public List<String> warnings() {
        return processorsBusy > MUCH_BUSY
                ? List.of(String.format(Locale.ROOT,
                        "The processors were busy to %.0f %%: latencies contain waits for a "
                                + "processor, which generator, engine and other programs share.",
                        processorsBusy * PERCENT))
                : List.of();
    }
}
