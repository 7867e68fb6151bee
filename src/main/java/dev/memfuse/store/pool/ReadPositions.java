package dev.memfuse.store.pool;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// Decides how far a replica must have replayed the log of the primary server before it may answer a read.
///
/// A position of the log that was asked for after a write ended contains that write. So no write waits for its
/// position: writes leave their time, the position is read at most ten times a second by reads, and a replica that has
/// replayed the oldest position after the last write of a user, and none older than [#MAX_AGE], may answer.
/// Thread-safe.
final class ReadPositions {
    /// Longest time by which an answer may lack what other programs wrote.
    static final Duration MAX_AGE = Duration.ofSeconds(5);
    private static final long MAX_AGE_NANOS = MAX_AGE.toNanos();
    /// Interval of the positions while users read.
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    /// Interval while a read has no position after the last write of its user.
    private static final long SHORT_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final LongSupplier clock;
    private final Deque<Position> positions = new ArrayDeque<>();
    /// Times of the last write of each user. After [#MAX_AGE] every permitted position contains the write.
    private final Cache<UUID, Long> writes;
    private final long start;
    private long lastWriteOfAll;

    private record Position(long askedAt, long lsn) {}

    /// @param clock in nanoseconds, like [System#nanoTime]
    ReadPositions(LongSupplier clock) {
        this.clock = clock;
        start = clock.getAsLong();
        lastWriteOfAll = start;
        writes = Caffeine.newBuilder().ticker(clock::getAsLong).expireAfterWrite(MAX_AGE.plusSeconds(1)).build();
    }

    /// Notes that a write of a user has ended, whether it succeeded or not.
    void wrote(UUID userId) {
        writes.put(userId, clock.getAsLong());
    }

    /// Notes that a write of some users has ended.
    synchronized void wroteOthers() {
        lastWriteOfAll = clock.getAsLong();
    }

    /// Returns the position that a replica must have replayed to answer a read of a user that begins now; empty when
    /// none is known, so that the primary server must answer.
    OptionalLong required(UUID userId) {
        Long write = writes.getIfPresent(userId);
        long now = clock.getAsLong();
        synchronized (this) {
            long since = Math.max(now - start - MAX_AGE_NANOS, lastWriteOfAll - start);
            if (write != null) {
                since = Math.max(since, write - start);
            }
            for (Position position : positions) {
                if (position.askedAt - start >= since) {
                    return OptionalLong.of(position.lsn);
                }
            }
            return OptionalLong.empty();
        }
    }

    /// Returns whether the position of the primary server should be asked for.
    ///
    /// @param missing whether a read lacks a position
    synchronized boolean isDue(boolean missing) {
        Position newest = positions.peekLast();
        return newest == null || clock.getAsLong() - newest.askedAt >= (missing
                ? SHORT_INTERVAL_NANOS
                : INTERVAL_NANOS);
    }

    /// Adds a position.
    ///
    /// @param askedAt time before the server was asked, on the clock
    /// @param lsn position that the server returned
    synchronized void add(long askedAt, long lsn) {
        while (!positions.isEmpty() && askedAt - positions.getFirst().askedAt > MAX_AGE_NANOS) {
            positions.removeFirst();
        }
        positions.addLast(new Position(askedAt, lsn));
    }

    /// Returns the time on the clock.
    long now() {
        return clock.getAsLong();
    }
}
