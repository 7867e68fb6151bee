package dev.memfuse.lab.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.memfuse.load.Workload;

/// The values of a scenario that gives none, the same on the command line, in a file and in the form.
public final class ScenarioDefaults {
    /// Concurrency of a closed run.
    public static final int CONCURRENCY = 8;
    /// Operations per second of an open run.
    public static final double RATE = 100;
    /// Operations in flight of an open run.
    public static final int MAX_IN_FLIGHT = 256;
    /// An open load at a rate that small machines can carry, since the latency of an open load is the one that users
    /// have.
    public static final Workload WORKLOAD = new Workload(20, new Workload.Arrival.Open(RATE, MAX_IN_FLIGHT),
            Duration.ofSeconds(20), Workload.Warmup.fixed(Duration.ofSeconds(5)), new Workload.Mix(6, 3, 1),
            new Workload.Content(10, 5, Optional.empty(), Optional.empty()), 42, List.of());

    private ScenarioDefaults() {}
}
