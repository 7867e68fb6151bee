package dev.memfuse.metrics.alert;

import java.time.Instant;

/// Good and bad seconds of one objective over the last six hours, in slices of ten seconds, and how fast they use up
/// its budget. Not thread-safe.
///
/// A burn rate of 1 uses up exactly the allowed share of bad seconds. Two windows must burn before an alert: the long
/// one proves that it matters, the short one that it goes on (the multiwindow alerts of Google's SRE workbook).
final class BurnRate {
    private static final int SLICE_SECONDS = 10;
    private static final int SLICES = 6 * 3600 / SLICE_SECONDS;
    /// Fewer counted seconds in the short window prove nothing.
    private static final long MIN_SECONDS = 60;
    /// After this many seconds of which none counts nothing burns any more.
    private static final int PAUSE_SECONDS = 60;

    private final long[] slice = new long[SLICES];
    private final int[] good = new int[SLICES];
    private final int[] bad = new int[SLICES];
    private final double budget;
    private long now;

    /// A pair of windows and the rate that both must exceed.
    enum Speed {
        /// Uses up 2 % of a month's budget in an hour.
        FAST(300, 3600, 14.4),
        /// Uses up 5 % of a month's budget in six hours.
        SLOW(1800, 6 * 3600, 6);

        final int shortSeconds;
        final int longSeconds;
        final double rate;

        Speed(int shortSeconds, int longSeconds, double rate) {
            this.shortSeconds = shortSeconds;
            this.longSeconds = longSeconds;
            this.rate = rate;
        }
    }

    /// @param target share of good seconds
    BurnRate(double target) {
        budget = 1 - target;
    }

    /// Moves the end of the windows to a second that does not count.
    void advance(Instant at) {
        now = Math.max(now, at.getEpochSecond());
    }

    /// Adds a second.
    void add(Instant at, boolean isGood) {
        advance(at);
        long number = at.getEpochSecond() / SLICE_SECONDS;
        int index = Math.floorMod(number, SLICES);
        if (slice[index] != number) {
            slice[index] = number;
            good[index] = 0;
            bad[index] = 0;
        }
        (isGood ? good : bad)[index]++;
    }

    /// Returns the number of good and bad seconds in a window that ends with the newest second.
    long counted(int seconds) {
        return sum(good, seconds) + sum(bad, seconds);
    }

    /// Returns the burn rate over a window: 0 without bad seconds, 1 / budget when all are bad.
    double rate(int seconds) {
        long all = counted(seconds);
        return all == 0 ? 0 : (double) sum(bad, seconds) / all / budget;
    }

    private long sum(int[] counts, int seconds) {
        long newest = now / SLICE_SECONDS;
        long oldest = newest - seconds / SLICE_SECONDS + 1;
        long sum = 0;
        for (long number = Math.max(oldest, newest - SLICES + 1); number <= newest; number++) {
            int index = Math.floorMod(number, SLICES);
            sum += slice[index] == number ? counts[index] : 0;
        }
        return sum;
    }

    /// Returns whether a second of the last minute counts.
    boolean isInUse() {
        return counted(PAUSE_SECONDS) > 0;
    }

    /// Returns whether both windows of a speed burn faster than it allows.
    boolean burns(Speed speed) {
        return counted(speed.shortSeconds) >= MIN_SECONDS && rate(speed.shortSeconds) > speed.rate
                && rate(speed.longSeconds) > speed.rate;
    }
}
