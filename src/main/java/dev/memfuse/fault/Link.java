package dev.memfuse.fault;

import java.util.SplittableRandom;
import java.util.function.Supplier;

/// One direction of the path to a server, which all connections to it share: computes when bytes arrive. Bytes leave
/// one after the other at the bandwidth, and then travel for the delay. For the reading thread.
final class Link {
    private static final int SMALLEST_CHUNK = 1_460;
    private static final int LARGEST_CHUNK = 64 << 10;
    /// A chunk occupies the link for about this share of a second, so that connections share it evenly.
    private static final int CHUNKS_PER_SECOND = 200;

    private final Supplier<LinkConditions> conditions;
    private final SplittableRandom random = new SplittableRandom();
    private long freeAt = System.nanoTime();

    Link(Supplier<LinkConditions> conditions) {
        this.conditions = conditions;
    }

    /// Returns whether bytes arrive at once now.
    boolean instant() {
        return conditions.get().instant();
    }

    /// Returns the time of a round trip now, without jitter.
    long roundTripNanos() {
        return conditions.get().roundTripNanos();
    }

    /// Returns the largest number of bytes that travel together.
    int chunkBytes() {
        double bytesPerSecond = conditions.get().bytesPerSecond();
        return bytesPerSecond == 0
                ? LARGEST_CHUNK
                : (int) Math.clamp(bytesPerSecond / CHUNKS_PER_SECOND, SMALLEST_CHUNK, LARGEST_CHUNK);
    }

    /// Sends bytes.
    ///
    /// @param bytes number of bytes; 0 for the end of a stream
    /// @param sentAt earliest departure, on the clock of [System#nanoTime]
    /// @return the time of their arrival
    long send(int bytes, long sentAt) {
        LinkConditions now = conditions.get();
        long departed = sentAt;
        if (now.bytesPerSecond() > 0) {
            freeAt = Math.max(freeAt - sentAt, 0) + sentAt + now.transmissionNanos(bytes);
            departed = freeAt;
        }
        return departed + now.oneWayNanos(random.nextDouble());
    }
}
