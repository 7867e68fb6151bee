package dev.memfuse.console.database;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

import dev.memfuse.engine.host.ServerView.Counter;
import dev.memfuse.engine.host.ServerView.Counters;
import org.jspecify.annotations.Nullable;

/// Activity of the server between successive readings of its counters. Confined to one thread.
final class ServerActivity {
    /// Number of intervals that are kept.
    static final int KEPT = 8;
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    /// An interval across a pause of the readings would hide its peaks in an average.
    private static final double LONGEST_SECONDS = 10;

    private final InstantSource clock;
    private final Deque<Interval> intervals = new ArrayDeque<>();
    private @Nullable Counters last;

    /// @param clock time of day of the readings
    ServerActivity(InstantSource clock) {
        this.clock = clock;
    }

    /// Growth of the counters between two readings.
    ///
    /// @param until time of the second reading
    /// @param seconds length of the interval, more than 0
    /// @param growth without counters that went back or were not read both times
    record Interval(Instant until, double seconds, Map<Counter, Long> growth) {
        Interval {
            growth = Map.copyOf(growth);
        }

        /// Returns the growth of a counter; empty when it is not known.
        OptionalLong growth(Counter counter) {
            Long value = growth.get(counter);
            return value == null ? OptionalLong.empty() : OptionalLong.of(value);
        }

        /// Returns the growth of a counter per second; empty when it is not known.
        OptionalDouble perSecond(Counter counter) {
            OptionalLong value = growth(counter);
            return value.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(value.getAsLong() / seconds);
        }

        /// Returns the share of the blocks found in the server's memory, 0..1; empty without blocks.
        OptionalDouble hitShare() {
            OptionalLong hit = growth(Counter.BLOCKS_HIT);
            OptionalLong read = growth(Counter.BLOCKS_READ);
            return hit.isEmpty() || read.isEmpty() || hit.getAsLong() + read.getAsLong() == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) hit.getAsLong() / (hit.getAsLong() + read.getAsLong()));
        }
    }

    /// Adds a reading. It ends an interval when the reading before it is at most ten seconds older.
    void add(Counters now) {
        Counters before = last;
        last = now;
        if (before == null) {
            return;
        }
        double seconds = (now.nanos() - before.nanos()) / NANOS;
        if (seconds <= 0 || seconds > LONGEST_SECONDS) {
            return;
        }
        intervals.addFirst(new Interval(clock.instant(), seconds, growth(before, now)));
        if (intervals.size() > KEPT) {
            intervals.removeLast();
        }
    }

    private static Map<Counter, Long> growth(Counters before, Counters now) {
        Map<Counter, Long> growth = new EnumMap<>(Counter.class);
        now.values().forEach((counter, value) -> {
            Long earlier = before.values().get(counter);
            // A counter goes back at a restart of the server and at a reset of its statistics.
            if (earlier != null && value >= earlier) {
                growth.put(counter, value - earlier);
            }
        });
        return growth;
    }

    /// Removes all readings.
    void clear() {
        last = null;
        intervals.clear();
    }

    /// Returns the intervals, the newest first.
    List<Interval> intervals() {
        return new ArrayList<>(intervals);
    }
}
