package dev.memfuse.metrics.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

import dev.memfuse.metrics.EventMark;

/// Tells the seconds that belong to the preparation or the warm-up of a load: cold caches and new connections are slow
/// by nature, nobody counts them, so they raise no alert. Thread-safe.
final class UncountedTime {
    private static final Duration SECOND = Duration.ofMillis(1_100);

    private final BooleanSupplier preparing;
    private boolean wasPreparing;
    private int warmups;
    private Instant ended = Instant.MIN;

    /// @param preparing returns whether a load is being prepared or warms up now
    UncountedTime(BooleanSupplier preparing) {
        this.preparing = preparing;
    }

    /// Takes the beginning or the end of a warm-up.
    synchronized void mark(EventMark mark) {
        if (mark.kind() == EventMark.Kind.WARMUP) {
            warmups++;
        } else if (mark.kind() == EventMark.Kind.WARMUP_END) {
            warmups = Math.max(0, warmups - 1);
            ended = mark.at();
        }
    }

    /// Returns whether the second that ends at `at` overlaps such a time. Call once a second.
    synchronized boolean includes(Instant at) {
        boolean now = preparing.getAsBoolean();
        boolean before = wasPreparing;
        wasPreparing = now;
        boolean overlaps = !ended.equals(Instant.MIN) && ended.plus(SECOND).isAfter(at)
                && ended.minus(SECOND).isBefore(at);
        return now || before || warmups > 0 || overlaps;
    }
}
