package dev.memfuse.console.fx;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/// Age of live data, on the monotonic clock. Data older than three seconds is stale, whatever stopped it: the sampler,
/// a delivery or a drawing. FX thread only.
public final class DataAge {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final LongSupplier nanos;
    private long updated;

    public DataAge() {
        this(System::nanoTime);
    }

    /// @param nanos the clock of [System#nanoTime], another one in tests
    public DataAge(LongSupplier nanos) {
        this.nanos = nanos;
        updated = nanos.getAsLong();
    }

    /// Called when new data is shown.
    public void updated() {
        updated = nanos.getAsLong();
    }

    /// Returns a sentence with the age when the data is stale; null while it is current.
    public @Nullable String stale() {
        long age = nanos.getAsLong() - updated;
        return age <= LIMIT_NANOS
                ? null
                : String.format(Locale.ROOT, "These figures are %d s old: no new ones arrive.",
                        TimeUnit.NANOSECONDS.toSeconds(age));
    }
}
