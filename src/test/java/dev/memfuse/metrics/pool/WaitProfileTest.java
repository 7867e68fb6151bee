package dev.memfuse.metrics.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import dev.memfuse.metrics.pool.ConnectionPools.Backend;
import dev.memfuse.metrics.pool.ConnectionPools.Lease;
import dev.memfuse.metrics.pool.ConnectionPools.Snapshot;
import dev.memfuse.metrics.pool.WaitProfile.Place;
import dev.memfuse.metrics.pool.WaitProfile.Row;
import org.junit.jupiter.api.Test;

class WaitProfileTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final WaitProfile profile = new WaitProfile();

    private static Lease lease(String operation, String stage, String state, String wait) {
        return new Lease("memfuse", "worker", true, operation, stage, "store", 1_000, 42,
                Optional.of(new Backend(state, wait, "SELECT 1")));
    }

    private void sample(int second, Lease... leases) {
        profile.add(new Snapshot(START.plusSeconds(second), List.of(), Arrays.asList(leases), ""));
    }

    @Test
    void joinsTheStageOfTheEngineWithTheWaitOfTheServer() {
        Lease commit = lease("add", "sql", "active", "IO: WalSync");
        Lease read = lease("query", "sql", "active", "");
        sample(0, commit, commit, commit, read);
        sample(2, commit, read);

        assertEquals(List.of(new Row(new Place("add", "sql", "IO: WalSync"), 1, 2, 4 / 6.0),
                new Row(new Place("query", "sql", "works on a processor"), 1, 1, 2 / 6.0)), profile.rows());
    }

    @Test
    void aMomentWithoutLeasesLowersTheMean() {
        sample(0, lease("add", "sql", "active", "IO: WalSync"));
        sample(2);

        Row row = profile.rows().getFirst();
        assertEquals(0.5, row.mean());
        assertEquals(0, row.now());
        assertEquals(1, row.share());
    }

    @Test
    void samplesCountForAMinute() {
        sample(0, lease("add", "sql", "active", "Lock: transactionid"));
        sample(30, lease("add", "sql", "active", ""));
        sample(61, lease("add", "sql", "active", ""));

        assertEquals(List.of(new Row(new Place("add", "sql", "works on a processor"), 1, 1, 1)), profile.rows());
    }

    @Test
    void saysWhenTheServerWaitsForThisProgram() {
        sample(0, lease("add", "embed", "idle in transaction", "Client: ClientRead"),
                lease("add", "service", "idle", "Client: ClientRead"), lease("", "", "", ""),
                new Lease("memfuse", "worker", false, "add", "sql", "store", 1, 0, Optional.empty()));

        assertEquals(List.of("idle, waits for this program", "idle, waits for this program", "not known",
                "open transaction, waits for this program"),
                profile.rows().stream().map(row -> row.place().server()).sorted().toList());
    }

    @Test
    void withoutSamplesThereAreNoRows() {
        assertEquals(List.of(), profile.rows());
        sample(0, lease("add", "sql", "active", ""));
        profile.clear();
        assertEquals(List.of(), profile.rows());
    }
}
