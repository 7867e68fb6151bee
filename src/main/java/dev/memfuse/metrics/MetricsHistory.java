package dev.memfuse.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The slices of the last two hours: of a second each for ten minutes, then of ten seconds. Bounded; a merged slice
/// keeps the distributions and the maxima of its seconds. One writer; thread-safe.
public final class MetricsHistory {
    /// Time for which slices are kept.
    public static final Duration LENGTH = Duration.ofHours(2);
    /// Length of an older slice.
    public static final Duration COARSE = Duration.ofSeconds(10);
    private static final int FINE_SLICES = 600;
    /// Seconds that become one slice.
    private static final int MERGED = 10;
    private static final int COARSE_SLICES = (int) (LENGTH.dividedBy(COARSE) - FINE_SLICES / MERGED);
    /// Slices further apart than this are not merged: the program or the machine stood still.
    private static final Duration GAP = Duration.ofSeconds(5);

    private final ArrayDeque<MetricsSlice> fine = new ArrayDeque<>();
    private final ArrayDeque<MetricsSlice> coarse = new ArrayDeque<>();

    /// Creates an empty history.
    public MetricsHistory() {}

    /// Adds the slice of a second.
    ///
    /// @param slice newer than the one before
    public synchronized void add(MetricsSlice slice) {
        fine.addLast(slice);
        if (fine.size() < FINE_SLICES + MERGED) {
            return;
        }
        List<MetricsSlice> oldest = new ArrayList<>();
        while (oldest.size() < MERGED && (oldest.isEmpty() || Duration
                .between(oldest.getLast().to(), fine.getFirst().from()).compareTo(GAP) <= 0)) {
            oldest.add(fine.removeFirst());
        }
        coarse.addLast(MetricsSlice.merge(oldest));
        Instant kept = slice.to().minus(LENGTH);
        while (coarse.size() > COARSE_SLICES || (!coarse.isEmpty() && coarse.getFirst().to().isBefore(kept))) {
            coarse.removeFirst();
        }
    }

    /// Returns all slices, oldest first, without overlap.
    public synchronized List<MetricsSlice> all() {
        List<MetricsSlice> all = new ArrayList<>(coarse.size() + fine.size());
        all.addAll(coarse);
        all.addAll(fine);
        return all;
    }

    /// Returns the slices of ten seconds that ended after an instant, oldest first.
    public synchronized List<MetricsSlice> coarseSince(Instant after) {
        return coarse.stream().filter(slice -> slice.to().isAfter(after)).toList();
    }

    /// Returns the slices whose middle lies in a span, oldest first: of two neighbouring spans each slice belongs to
    /// one.
    ///
    /// @param from inclusive
    /// @param to exclusive
    public List<MetricsSlice> between(Instant from, Instant to) {
        return all().stream().filter(slice -> {
            Instant middle = slice.from().plus(Duration.between(slice.from(), slice.to()).dividedBy(2));
            return !middle.isBefore(from) && middle.isBefore(to);
        }).toList();
    }
}
