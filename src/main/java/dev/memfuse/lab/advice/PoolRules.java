package dev.memfuse.lab.advice;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.memfuse.config.section.ConnectionManagerKind;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.stats.Numbers;

/// Rules about connections.
final class PoolRules {
    static final String POOL_SIZE = "postgres.pool_size";
    private static final double NANOS_PER_MS = 1e6;
    /// Share of the snapshots in which callers wait while every connection is in use.
    private static final double WAITING_SHARE = 0.1;
    /// Share of the time of the operations.
    private static final double VISIBLE_SHARE = 0.01;
    private static final double DEMAND = 0.95;
    private static final int LARGEST_STEP = 4;
    private static final int LARGEST_POOL = 1000;
    /// A pool is too large when this many times the largest number of used connections would still fit.
    private static final int RESERVE = 2;
    private static final int SMALLEST_REMARKED = 4;
    private static final long FEWEST_LEASES = 200;
    private static final long FEWEST_MODEL_LEASES = 10;
    private static final double MODEL_LEASE_SHARE = 0.01;
    private static final double MANAGER_SHARE = 0.1;

    private PoolRules() {}

    /// Callers wait for connections while the pool is at its limit.
    static Optional<Advice> tooSmall(Observation seen) {
        double limitMs = seen.config().monitoring().thresholds().connectionPoolAccess().toNanos() / NANOS_PER_MS;
        boolean waits = seen.seconds(snapshot -> full(snapshot.pool())) >= Observation.FEWEST_SECONDS
                && seen.share(snapshot -> full(snapshot.pool())) >= WAITING_SHARE
                && seen.seconds(
                        snapshot -> snapshot.pool().waitP99() / NANOS_PER_MS > limitMs) >= Observation.FEWEST_SECONDS;
        double timeouts = seen.total(snapshot -> snapshot.pool().timeouts());
        double share = seen.stageShare(Stage.ACQUIRE);
        // Work in the background may wait, when it makes no operation slower.
        if (timeouts < 1 && !(waits && share >= VISIBLE_SHARE)) {
            return Optional.empty();
        }
        MetricsSnapshot worst = seen.worst(snapshot -> full(snapshot.pool()) ? snapshot.pool().waitP99() : 0);
        List<Evidence> evidence = List.of(
                new Evidence(String.format(Locale.ROOT,
                        "%d of %d connections were in use and %d callers waited; p99 of the wait was %s",
                        worst.pool().active(), worst.pool().limit(), worst.pool().waiting(),
                        Numbers.ms(worst.pool().waitP99() / NANOS_PER_MS)), worst.at()),
                new Evidence(String.format(Locale.ROOT,
                        "operations spent %.0f %% of their time waiting for a connection; %s timed out", share * 100,
                        Numbers.count(Math.round(timeouts), "wait")), seen.end()));
        List<Setting> change = larger(seen);
        return Optional.of(new Advice("pool_too_small", timeouts >= 1 ? 95 : Advice.score(40, 90, share),
                "The connection pool is too small: callers wait for connections.",
                String.format(Locale.ROOT,
                        "While every connection is in use, further operations queue in front of the pool. The rule "
                                + "asks for waits with a p99 above %s (monitoring.thresholds.connection_pool_access) "
                                + "and a full pool in %.0f %% of the samples, each in at least 3 seconds, and for "
                                + "operations that wait for 1 %% of their time. The pool grows to the demand seen, "
                                + "at most to the four-fold: more connections than the server has processors for "
                                + "only move the queue (HikariCP, \"About Pool Sizing\").",
                        Numbers.ms(limitMs), WAITING_SHARE * 100),
                evidence, change,
                change.isEmpty() ? "Raise max_connections of the server; then the pool can grow." : "",
                change.isEmpty() ? null : seen.saves(share, "the time spent waiting for a connection goes away")));
    }

    private static boolean full(MetricsSnapshot.PoolSample pool) {
        return pool.waiting() > 0 && pool.limit() > 0 && pool.active() >= pool.limit();
    }

    /// Returns a pool size for the demand seen, within what the server has left; empty when there is no room.
    private static List<Setting> larger(Observation seen) {
        PostgresConfig postgres = seen.config().postgres();
        int limit = postgres.poolSize() + postgres.maxOverflow();
        double demand = seen.quantile(DEMAND, snapshot -> snapshot.pool().active() + snapshot.pool().waiting());
        double wanted = Math.min(Math.max(demand, limit + 1.0), (double) LARGEST_STEP * limit);
        ServerState server = seen.after();
        if (server != null && server.connectionsLeft() >= 0) {
            MetricsSnapshot.PoolSample last = seen.snapshots().getLast().pool();
            wanted = Math.min(wanted, (double) server.connectionsLeft() + last.active() + last.idle());
        }
        int size = (int) Math.min(LARGEST_POOL, Math.round(wanted) - postgres.maxOverflow());
        return size > postgres.poolSize() ? List.of(Setting.of(POOL_SIZE, size)) : List.of();
    }

    /// Most connections that the pool keeps open are never in use.
    static Optional<Advice> tooLarge(Observation seen) {
        int size = seen.config().postgres().poolSize();
        MetricsSnapshot peak = seen.worst(snapshot -> snapshot.pool().active());
        int used = peak.pool().active();
        double leases = seen.total(snapshot -> snapshot.pool().waits());
        int wanted = Math.max(2, RESERVE * used);
        if (leases < FEWEST_LEASES || size <= SMALLEST_REMARKED || wanted * RESERVE > size
                || seen.share(snapshot -> snapshot.pool().waiting() > 0) > 0) {
            return Optional.empty();
        }
        return Optional.of(new Advice("pool_too_large", Advice.score(5, Advice.INFORMATION, 1 - (double) wanted / size),
                "The connection pool is larger than this load needs.",
                "An open connection is a process of the server with memory of its own, also when it is idle. The "
                        + "rule asks for 200 leases without a wait and a pool of four times the largest number of "
                        + "connections in use (samples of the pool, so that shorter peaks are not seen); the "
                        + "overflow still opens more. Plan 2.2: half the connections do the same work.",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "at most %d of %d connections were in use at once, over %s leases", used, size,
                        Numbers.count(Math.round(leases))), peak.at())),
                List.of(Setting.of(POOL_SIZE, wanted)), "",
                new Prediction(seen.mainMetric(), 1, "fewer open connections, the same latency")));
    }

    /// Connections are held while their thread waits for a model.
    static Optional<Advice> heldAcrossModel(Observation seen) {
        RunMeasurement load = seen.load();
        if (load == null) {
            return Optional.empty();
        }
        long held = load.cost().work().of(Work.MODEL_LEASES);
        long leases = Math.max(1, load.cost().leases());
        double share = (double) held / leases;
        if (held < FEWEST_MODEL_LEASES || share < MODEL_LEASE_SHARE) {
            return Optional.empty();
        }
        MetricsSnapshot worst = seen.worst(snapshot -> snapshot.pool().holdP99());
        return Optional.of(new Advice("connection_held_across_model_call", Advice.score(60, 100, share),
                "Connections are held while a model is called.",
                "A model takes many times as long as a statement, and its connection is lost to all others "
                        + "meanwhile. The engine counts leases during which their thread waited for a model; the "
                        + "rule asks for 10 of them and 1 % of the leases.",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "%s of %s leases were held across a call of a model; p99 of the hold was %s",
                        Numbers.count(held), Numbers.count(leases),
                        Numbers.ms(worst.pool().holdP99() / NANOS_PER_MS)), worst.at())),
                List.of(), "Call the model before the connection is leased. In this program it is a defect: please "
                        + "report it with this result.",
                null));
    }

    /// The legacy manager takes a visible share of the time.
    static Optional<Advice> legacyManager(Observation seen) {
        double share = seen.stageShare(Stage.ACQUIRE);
        if (seen.config().postgres().manager() != ConnectionManagerKind.LEGACY || share < MANAGER_SHARE) {
            return Optional.empty();
        }
        MetricsSnapshot worst = seen.worst(snapshot -> snapshot.pool().waitP99());
        return Optional.of(new Advice("legacy_connection_manager", Advice.score(30, 80, share),
                "The legacy connection manager takes a visible share of the time.",
                "It takes a lock, a SELECT 1 and a weak reference for each use (plan 1.1: 50–200 ms per operation "
                        + "become 5–20 ms). The rule asks for 10 % of the time of the operations.",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "operations spent %.0f %% of their time, %s each, on the way to a connection", share * 100,
                        Numbers.ms(seen.stageMs(Stage.ACQUIRE))), worst.at())),
                List.of(new Setting("postgres.manager", "optimized")), "",
                seen.saves(share, "the way to a connection takes one lookup")));
    }

    /// Returns a figure of a load; empty without one.
    static OptionalDouble perOperation(Observation seen, Work work) {
        RunMeasurement load = seen.load();
        return load == null ? OptionalDouble.empty() : load.cost().perOperation(load.cost().work().of(work));
    }
}
