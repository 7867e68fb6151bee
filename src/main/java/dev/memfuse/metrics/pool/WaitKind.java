package dev.memfuse.metrics.pool;

import java.util.EnumMap;
import java.util.Map;

import dev.memfuse.metrics.pool.ConnectionPools.Backend;
import dev.memfuse.metrics.pool.ConnectionPools.Lease;
import dev.memfuse.metrics.pool.ConnectionPools.Pool;
import dev.memfuse.metrics.pool.ConnectionPools.Snapshot;

/// What a call that needs the database does or waits for at a moment, in a few kinds that add up: a connection, or one
/// of the things that the server's process of its connection waits for.
public enum WaitKind {
    /// A thread without a connection, which waits for one of the pool.
    CONNECTION("no connection"),
    /// The process works.
    PROCESSOR("works"),
    /// The process reads or writes files, or forces them to the disk.
    DISK("disk"),
    /// The process waits for a lock of another transaction.
    LOCK("lock"),
    /// The process waits for a short lock inside the server.
    LATCH("inner lock"),
    /// The process waits for this program, within a transaction or before the next statement.
    PROGRAM("this program"),
    /// Anything else, for instance another process of the server.
    OTHER("other"),
    /// The server did not say.
    UNKNOWN("not known");

    private final String label;

    WaitKind(String label) {
        this.label = label;
    }

    /// Returns a short name, for a legend.
    public String label() {
        return label;
    }

    /// Returns how many threads and connections do or wait for each kind at the moment of a snapshot; every kind is
    /// present.
    public static Map<WaitKind, Integer> counts(Snapshot snapshot) {
        Map<WaitKind, Integer> counts = new EnumMap<>(WaitKind.class);
        for (WaitKind kind : values()) {
            counts.put(kind, 0);
        }
        counts.put(CONNECTION, snapshot.pools().stream().mapToInt(Pool::waiting).sum());
        for (Lease lease : snapshot.leases()) {
            counts.merge(of(lease), 1, Integer::sum);
        }
        return counts;
    }

    private static WaitKind of(Lease lease) {
        if (lease.backend().isEmpty()) {
            return UNKNOWN;
        }
        Backend backend = lease.backend().get();
        if (!backend.state().equals("active") && (backend.waitEvent().isEmpty()
                || backend.waitEvent().startsWith("Client:"))) {
            return PROGRAM;
        }
        if (backend.waitEvent().isEmpty()) {
            return PROCESSOR;
        }
        return switch (backend.waitEvent().split(":", 2)[0]) {
            case "IO", "BufferPin", "Buffer" -> DISK;
            case "Lock" -> LOCK;
            case "LWLock" -> LATCH;
            case "Client" -> PROGRAM;
            default -> OTHER;
        };
    }
}
