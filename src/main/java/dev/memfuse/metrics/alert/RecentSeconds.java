package dev.memfuse.metrics.alert;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// The last seconds of one rule, which decide whether its value is over the limit for long enough, and on enough
/// samples, to raise an alert. Not thread-safe.
final class RecentSeconds {
    /// The seconds over the limit need this many samples together: a percentile of a few is a single outlier.
    private static final int MIN_SAMPLES = 20;

    private final int enough;
    private final int window;
    private final Deque<Second> seconds = new ArrayDeque<>();

    private record Second(Instant at, boolean over, long samples) {}

    /// @param lasting seconds over the limit that raise an alert, of five thirds of them
    RecentSeconds(int lasting) {
        enough = lasting;
        window = (lasting * 5 + 2) / 3;
    }

    /// Adds a second.
    ///
    /// @param over whether its value was over the limit
    /// @param samples number of its samples
    void add(Instant at, boolean over, long samples) {
        if (seconds.size() == window) {
            seconds.removeFirst();
        }
        seconds.addLast(new Second(at, over, samples));
    }

    /// Returns whether the value was over the limit for long enough.
    boolean areOver() {
        long samples = seconds.stream().filter(Second::over).mapToLong(Second::samples)
                .map(each -> Math.min(each, MIN_SAMPLES)).sum();
        return seconds.stream().filter(Second::over).count() >= enough && samples >= MIN_SAMPLES;
    }

    /// Returns the time of the first of them over the limit.
    Instant since() {
        return seconds.stream().filter(Second::over).map(Second::at).findFirst().orElseThrow();
    }
}
