package dev.memfuse.fault;

/// Learns how late this machine ends a timed park, so that a thread parks until shortly before an instant and spins
/// only for the rest. For one thread.
final class WakeUp {
    /// A park for less than this is not worth its cost.
    private static final long SHORTEST_PARK_NANOS = 20_000;
    private static final long LARGEST_NANOS = 250_000;
    private static final long START_NANOS = 80_000;
    /// Weight of the last delay in the average.
    private static final double WEIGHT = 1 / 16.0;

    private double usual = START_NANOS;

    /// Returns whether an instant is so near that the thread must spin.
    ///
    /// @param left time until the instant
    boolean isNear(long left) {
        return left <= SHORTEST_PARK_NANOS + reserve();
    }

    /// Returns the time until which to park before an instant.
    long before(long instant) {
        return instant - reserve();
    }

    private long reserve() {
        return Math.round(Math.min(usual, LARGEST_NANOS));
    }

    /// Called after a park. An early end, for another reason, teaches nothing; a late one of a busy machine, little.
    ///
    /// @param until when it should have ended
    /// @param now when it ended
    void woke(long until, long now) {
        if (now - until >= 0) {
            usual += (Math.min(now - until, LARGEST_NANOS) - usual) * WEIGHT;
        }
    }
}
