package dev.memfuse.fault;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import dev.memfuse.config.section.NetworkConfig;
import dev.memfuse.metrics.stats.Numbers;

/// A named distance between the program and its database.
public enum NetworkProfile {
    /// The network as it is: connections lead directly to the server.
    LOCAL(Duration.ZERO),
    /// Another machine in the same zone of a data centre.
    SAME_ZONE(Duration.ofNanos(500_000)),
    /// A machine in another zone of the same region.
    OTHER_ZONE(Duration.ofMillis(2)),
    /// A machine in another region of the same continent.
    OTHER_REGION(Duration.ofMillis(30));

    private final Duration roundTrip;

    NetworkProfile(Duration roundTrip) {
        this.roundTrip = roundTrip;
    }

    /// Returns the shortest time of a round trip.
    public Duration roundTrip() {
        return roundTrip;
    }

    /// Returns the settings of this profile: its round trip, without jitter and without a limit of bandwidth.
    public NetworkConfig config() {
        return new NetworkConfig(roundTrip, Duration.ZERO, 0);
    }

    /// Returns the name in options and files: lower case with hyphens.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Returns the name for the window, with the time of a round trip.
    public String title() {
        String name = name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' ');
        return roundTrip.isZero()
                ? name
                : String.format(Locale.ROOT, "%s, %s ms", name, Numbers.plain(roundTrip.toNanos() / 1e6));
    }

    /// Returns the profile of a name; hyphens, underscores and capitals do not matter. Empty for an unknown name.
    public static Optional<NetworkProfile> of(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        return Stream.of(values()).filter(profile -> profile.label().equals(wanted)).findFirst();
    }

    /// Returns the profile with exactly these settings; empty when they are those of no profile.
    public static Optional<NetworkProfile> of(NetworkConfig config) {
        return Stream.of(values()).filter(profile -> profile.config().equals(config)).findFirst();
    }
}
