package dev.memfuse.console.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.memfuse.metrics.pool.ConnectionPools;

/// A pool with two leases, whose actions are noted.
public final class SamplePools implements ConnectionPools {
    final List<String> done = new ArrayList<>();
    private final List<Snapshot> frozen = new ArrayList<>();
    List<Lease> leases = List.of(
            new Lease("memfuse", "memfuse-worker-12", true, "query", "sql", "read messages", 12_340_000, 4711,
                    Optional.of(new Backend("active", "IO: DataFileRead",
                            "SELECT user_id, message_id, session_id,\n content FROM messages WHERE user_id = $1"))),
            new Lease("memfuse", "engine-extraction-1", false, "extract", "embed", "store an episode", 2_100_000, 4712,
                    Optional.empty()));
    boolean standbys;
    private boolean suspended;

    /// Opens the pool of the standbys, with a lease.
    public void openStandbys() {
        standbys = true;
        leases = Stream.concat(leases.stream(), Stream.of(new Lease("memfuse-replica", "memfuse-worker-3", true, "list",
                "sql", "read messages", 1_000_000, 99, Optional.empty()))).toList();
    }

    @Override
    public List<Pool> pools() {
        Pool primary = new Pool("memfuse", 14, 6, 2, 30, 20, 5_000, suspended, false, false);
        return standbys
                ? List.of(primary, new Pool("memfuse-replica", 3, 7, 1, 30, 10, 1_000, false, false, true))
                : List.of(primary);
    }

    @Override
    public Snapshot snapshot() {
        return new Snapshot(Instant.parse("2026-11-26T10:15:00Z"), pools(), leases, "");
    }

    /// Freezes the leases of now.
    public void freeze() {
        frozen.addFirst(snapshot());
    }

    @Override
    public List<Snapshot> frozen() {
        return List.copyOf(frozen);
    }

    @Override
    public void softEvict(String pool) {
        done.add("evict " + pool);
    }

    @Override
    public void suspend() {
        done.add("suspend");
        suspended = true;
    }

    @Override
    public void resume() {
        done.add("resume");
        suspended = false;
    }
}
