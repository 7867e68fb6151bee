package dev.memfuse.lab.scorecard;

import java.time.Duration;
import java.util.List;

import dev.memfuse.fault.NetworkProfile;

/// What a scorecard measures.
///
/// @param networks networks between the program and its database, measured in turn in each round
/// @param rounds rounds of all phases, at least 6: fewer pairs have no 95 % interval
/// @param seed seed of the texts
public record ScorecardPlan(List<NetworkProfile> networks, int rounds, long seed) {
    /// Smallest number of rounds.
    public static final int MIN_ROUNDS = 6;
    private static final int FULL_ROUNDS = 16;
    private static final long SEED = 42;
    /// Measured on two processors: the mean over the phases.
    private static final Duration BLOCK = Duration.ofSeconds(5);

    public ScorecardPlan {
        networks = List.copyOf(networks);
    }

    /// Returns the plan of `--quick`.
    public static ScorecardPlan quick() {
        return new ScorecardPlan(List.of(NetworkProfile.LOCAL, NetworkProfile.OTHER_ZONE), MIN_ROUNDS, SEED);
    }

    /// Returns the plan of `--full`.
    public static ScorecardPlan full() {
        return new ScorecardPlan(List.of(NetworkProfile.LOCAL, NetworkProfile.OTHER_ZONE), FULL_ROUNDS, SEED);
    }

    /// Returns the number of blocks.
    public int blocks() {
        return networks.size() * rounds * Phase.values().length;
    }

    /// Returns the expected duration.
    public Duration planned() {
        return BLOCK.multipliedBy(blocks());
    }
}
