package dev.memfuse.config.section;

import java.time.Duration;

/// Section `network`: the network that the program puts between its connection pool and PostgreSQL. All values 0 mean
/// that the pool connects directly.
///
/// @param roundTrip shortest time of a round trip, half of it in each direction, 0..10 s
/// @param jitter longest time that a round trip takes beyond that, drawn evenly for each chunk of bytes, 0..10 s
/// @param bandwidth megabits per second in each direction, shared by all connections to a server, 0..100,000; 0 for no
///        limit
public record NetworkConfig(Duration roundTrip, Duration jitter, int bandwidth) {

    /// Returns whether the program adds nothing to the network.
    public boolean isDirect() {
        return roundTrip.isZero() && jitter.isZero() && bandwidth == 0;
    }
}
