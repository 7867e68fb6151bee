package dev.memfuse.console.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.metrics.pool.ConnectionPools;

/// A pool with two leases, whose actions are noted.
public final class SamplePools implements ConnectionPools {
    final List<String> done = new ArrayList<>();
    private final List<Snapshot> frozen = new ArrayList<>();
    List<Lease> leases = List.of(
            new Lease("memfuse-worker-12", true, "query", "sql", "read messages", 12_340_000, 4711,
                    Optional.of(new Backend("active", "IO: DataFileRead",
                            "SELECT user_id, message_id, session_id,\n content FROM messages WHERE user_id = $1"))),
            new Lease("engine-extraction-1", false, "extract", "embed", "store an episode", 2_100_000, 4712,
                    Optional.empty()));
    private boolean suspended;

    @Override
    public List<Pool> pools() {
        return List.of(new Pool("memfuse", 14, 6, 2, 30, 20, 5_000, suspended, false));
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
    public void softEvict() {
        done.add("evict");
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
