package dev.memfuse.metrics.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.metrics.pool.ConnectionPools.Backend;
import dev.memfuse.metrics.pool.ConnectionPools.Lease;
import dev.memfuse.metrics.pool.ConnectionPools.Pool;
import dev.memfuse.metrics.pool.ConnectionPools.Snapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitKindTest {

    private static Lease lease(Optional<Backend> backend) {
        return new Lease("memfuse", "worker", true, "add", "sql", "store", 1_000, 42, backend);
    }

    private static Map<WaitKind, Integer> counts(List<Pool> pools, Lease... leases) {
        return WaitKind.counts(new Snapshot(Instant.EPOCH, pools, List.of(leases), ""));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           active,,                                  PROCESSOR
                           active, IO: WalSync,                      DISK
                           active, IO: DataFileRead,                 DISK
                           active, Lock: transactionid,              LOCK
                           active, LWLock: WALWrite,                 LATCH
                           active, Client: ClientWrite,              PROGRAM
                           active, IPC: ParallelFinish,              OTHER
                           idle, Client: ClientRead,                 PROGRAM
                           idle in transaction, Client: ClientRead,  PROGRAM
                           idle,,                                    PROGRAM
                           """)
    void aConnectionIsWhereItsProcessIs(String state, String wait, WaitKind kind) {
        Map<WaitKind, Integer> counts = counts(List.of(),
                lease(Optional.of(new Backend(state, wait == null ? "" : wait, "SELECT 1"))));

        assertEquals(1, counts.get(kind));
        assertEquals(1, counts.values().stream().mapToInt(Integer::intValue).sum());
        assertEquals(List.of(WaitKind.values()), List.copyOf(counts.keySet()), "in the order of the series");
    }

    @Test
    void threadsWithoutAConnectionAreThoseOfAllPools() {
        Pool primary = new Pool("memfuse", 3, 0, 5, 3, 3, 1_000, false, false, false);
        Pool standbys = new Pool("memfuse-replica", 1, 0, 2, 3, 3, 1_000, false, false, true);

        Map<WaitKind, Integer> counts = counts(List.of(primary, standbys), lease(Optional.empty()));

        assertEquals(7, counts.get(WaitKind.CONNECTION));
        assertEquals(1, counts.get(WaitKind.UNKNOWN));
    }
}
