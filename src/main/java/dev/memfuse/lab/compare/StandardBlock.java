package dev.memfuse.lab.compare;

import java.time.Duration;
import java.util.Optional;

import dev.memfuse.load.Workload;

/// The load of a block when nothing else is asked for: mostly adds, some queries, few lists. Rate and length are for a
/// plan that chooses them ([ComparisonPlan#autoRate()]).
public final class StandardBlock {
    /// Metric that decides when no other one is named.
    public static final String PRIMARY = "add.p50";
    private static final int USERS = 10;
    private static final int MAX_IN_FLIGHT = 256;
    private static final Duration MEASURED = Duration.ofSeconds(8);
    private static final Duration SETTLE = Duration.ofMillis(1500);
    private static final int BATCH = 10;
    private static final int TOP_K = 5;
    private static final long SEED = 42;

    private StandardBlock() {}

    /// Returns the load.
    public static Workload workload() {
        return new Workload(USERS, new Workload.Arrival.Open(1, MAX_IN_FLIGHT), MEASURED, SETTLE,
                new Workload.Mix(6, 3, 1), BATCH, TOP_K, SEED, Optional.empty());
    }
}
