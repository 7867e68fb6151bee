package dev.memfuse.fault;

import java.time.Duration;
import java.util.Collection;

import dev.memfuse.config.section.NetworkConfig;

/// What happens to bytes between pool and database at a moment. Immutable.
///
/// @param roundTripNanos shortest time of a round trip
/// @param jitterNanos longest time that a round trip takes beyond that
/// @param bytesPerSecond bytes per second in each direction; 0 for no limit
/// @param blackHole whether nothing arrives
record LinkConditions(long roundTripNanos, long jitterNanos, double bytesPerSecond, boolean blackHole) {
    private static final double BYTES_PER_MEGABIT = 1_000_000 / 8.0;

    static LinkConditions of(NetworkConfig config, Collection<Fault> faults) {
        long delay = faults.stream().map(Fault::delay).mapToLong(Duration::toNanos).sum();
        double bandwidth = faults.stream().filter(fault -> fault.kind() == Fault.Kind.BANDWIDTH)
                .mapToDouble(Fault::bytesPerSecond)
                .reduce(config.bandwidth() * BYTES_PER_MEGABIT, LinkConditions::smaller);
        return new LinkConditions(config.roundTrip().toNanos() + delay, config.jitter().toNanos(), bandwidth,
                faults.stream().anyMatch(fault -> fault.kind() == Fault.Kind.BLACK_HOLE));
    }

    /// Returns the smaller one of two limits, of which 0 is none.
    private static double smaller(double one, double other) {
        return one == 0 ? other : other == 0 ? one : Math.min(one, other);
    }

    /// Returns whether bytes arrive at once.
    boolean instant() {
        return roundTripNanos == 0 && jitterNanos == 0 && bytesPerSecond == 0 && !blackHole;
    }

    /// Returns the time that bytes travel in one direction.
    ///
    /// @param random drawn evenly, 0..1
    long oneWayNanos(double random) {
        return (roundTripNanos + Math.round(jitterNanos * random) + 1) / 2;
    }

    /// Returns the time that a number of bytes occupies the link.
    long transmissionNanos(int bytes) {
        return bytesPerSecond == 0 ? 0 : Math.round(bytes / bytesPerSecond * 1e9);
    }
}
