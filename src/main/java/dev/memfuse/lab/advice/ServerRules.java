package dev.memfuse.lab.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.stats.Numbers;

/// Rules about the database server.
final class ServerRules {
    private static final double MIB = 1024 * 1024.0;
    private static final double HIT_RATIO = 0.99;
    private static final long FEWEST_READS = 2_000;
    private static final int GROWTH = 4;
    private static final double PER_CENT = 100;
    private static final int USUAL_INTERVALS = 2;

    private ServerRules() {}

    /// The server reads from its disk because its cache is small.
    static Optional<Advice> sharedBuffers(Observation seen) {
        ServerState before = seen.before();
        ServerState after = seen.after();
        if (before == null || after == null) {
            return Optional.empty();
        }
        long reads = after.blocksRead() - before.blocksRead();
        long hits = after.blocksHit() - before.blocksHit();
        double ratio = reads + hits <= 0 ? 1 : (double) hits / (reads + hits);
        double size = after.number("shared_buffers");
        if (reads < FEWEST_READS || hits < 0 || ratio >= HIT_RATIO || !(size < after.databaseBytes())) {
            return Optional.empty();
        }
        return Optional.of(new Advice("shared_buffers", Advice.score(30, 80, (HIT_RATIO - ratio) * 5),
                "The cache of the database server is too small.",
                "The rule asks for 2,000 blocks read from outside the cache, a hit ratio below 99 % and a database "
                        + "larger than shared_buffers. PostgreSQL's manual (Resource Consumption) advises 25 % of "
                        + "the memory of a dedicated server to start with.",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "%.1f %% of %s block accesses hit the cache; shared_buffers is %.0f MiB, the database %.0f MiB",
                        ratio * PER_CENT, Numbers.count(reads + hits), size / MIB, after.databaseBytes() / MIB),
                        seen.worst(snapshot -> snapshot.pool().holdP99()).at())),
                List.of(), String.format(Locale.ROOT, "On the server: ALTER SYSTEM SET shared_buffers = '%.0fMB'; "
                        + "then restart it. Stay below 25 %% of its memory.", GROWTH * size / MIB),
                null));
    }

    /// The pool may grow beyond the connections that the server has.
    static Optional<Advice> maxConnections(Observation seen) {
        ServerState server = seen.after();
        if (server == null || server.connectionsLeft() < 0) {
            return Optional.empty();
        }
        PostgresConfig postgres = seen.config().postgres();
        MetricsSnapshot.PoolSample pool = seen.snapshots().getLast().pool();
        int limit = postgres.poolSize() + postgres.maxOverflow();
        int available = server.connectionsLeft() + pool.active() + pool.idle();
        if (limit <= available || available < 2) {
            return Optional.empty();
        }
        List<Setting> change = new ArrayList<>();
        int size = Math.min(postgres.poolSize(), available);
        if (size < postgres.poolSize()) {
            change.add(Setting.of(PoolRules.POOL_SIZE, size));
        }
        change.add(Setting.of("postgres.max_overflow", available - size));
        return Optional.of(new Advice("max_connections", 55,
                "The pool may open more connections than the server has left.",
                "Under a peak the server refuses connections, and operations fail with \"too many clients\". The "
                        + "rule compares postgres.pool_size + postgres.max_overflow with max_connections less its "
                        + "reserved connections and those of other programs.",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "the pool may open %d connections, of max_connections %s this program can have %d", limit,
                        server.settings().getOrDefault("max_connections", "?"), available), seen.end())),
                change, "Or raise max_connections of the server.",
                new Prediction(seen.mainMetric(), 1, "no refused connection at a peak, the same latency")));
    }

    /// The server does not record where its time goes.
    static Optional<Advice> statements(Observation seen) {
        ServerState server = seen.after();
        if (server == null || server.statements().equals("installed")) {
            return Optional.empty();
        }
        return Optional.of(new Advice("pg_stat_statements_missing", 10,
                "The server does not record which statements take its time.",
                "pg_stat_statements costs little and shows calls, time and rows of each statement; without it a slow "
                        + "statement is found only by its log.",
                List.of(new Evidence("the extension pg_stat_statements is " + (server.statements().equals("available")
                        ? "available, but not created in this database"
                        : "missing on this server"), seen.end())),
                List.of(), "On the server: add pg_stat_statements to shared_preload_libraries, restart, then CREATE "
                        + "EXTENSION pg_stat_statements.",
                null));
    }

    /// The write-ahead log forces checkpoints before their time.
    static Optional<Advice> checkpoints(Observation seen) {
        ServerState before = seen.before();
        ServerState after = seen.after();
        double seconds = seen.span().toMillis() / 1e3;
        if (before == null || after == null || seconds <= 0) {
            return Optional.empty();
        }
        double perSecond = (after.walBytes() - before.walBytes()) / seconds;
        double largest = after.number("max_wal_size");
        double timeout = after.number("checkpoint_timeout");
        double target = after.number("checkpoint_completion_target");
        // PostgreSQL starts a checkpoint early enough to end it before max_wal_size is reached.
        double interval = largest / (1 + target) / perSecond;
        if (perSecond <= 0 || !(interval * USUAL_INTERVALS < timeout)) {
            return Optional.empty();
        }
        long requested = Math.max(0, after.checkpointsRequested() - before.checkpointsRequested());
        return Optional.of(new Advice("checkpoint_pressure", Advice.score(30, 80, 1 - interval / timeout),
                "The write-ahead log forces checkpoints before their time.",
                "After each checkpoint the first change of a page writes the whole page into the log, so that "
                        + "frequent checkpoints multiply the log and the disk's work. The rule asks for a log that "
                        + "fills max_wal_size / (1 + checkpoint_completion_target) in less than half of "
                        + "checkpoint_timeout (PostgreSQL's manual, WAL Configuration).",
                List.of(new Evidence(String.format(Locale.ROOT,
                        "%s MiB/s of write-ahead log fill max_wal_size (%.0f MiB) in %s; checkpoint_timeout is %s; "
                                + "%s were requested meanwhile",
                        Numbers.value(perSecond / MIB), largest / MIB, Numbers.seconds(interval),
                        Numbers.seconds(timeout),
                        Numbers.count(requested, "checkpoint")), seen.end())),
                List.of(), String.format(Locale.ROOT, "On the server: ALTER SYSTEM SET max_wal_size = '%.0fMB'; then "
                        + "SELECT pg_reload_conf().", Math.ceil(perSecond * timeout * (1 + target) / MIB / 64) * 64),
                null));
    }
}
