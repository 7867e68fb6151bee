package dev.memfuse.store.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Of two changes at once, the pool has the settings of the one that is in force.
@Tag("db")
class RacingSettingsDbTest {
    private static final int ROUNDS = 300;
    private static final List<Integer> SIZES = List.of(4, 5, 6, 7);

    @Test
    void thePoolHasTheSizeInForceAfterChangesAtOnce() throws Exception {
        try (EngineFixture fixture = EngineFixture.start();
                ExecutorService threads = Executors.newFixedThreadPool(SIZES.size())) {
            fixture.database().withConnection("open the pool",
                    connection -> Statements.query(connection, row -> row.getInt(1), "SELECT 1"));
            for (int round = 0; round < ROUNDS; round++) {
                changeAtOnce(fixture, threads, round % 2);

                var postgres = fixture.tunables().get().postgres();
                assertEquals(postgres.poolSize() + postgres.maxOverflow(), fixture.database().pool().limit(),
                        "round " + round);
            }
        }
    }

    private static void changeAtOnce(EngineFixture fixture, ExecutorService threads, int more)
            throws InterruptedException, ExecutionException {
        CyclicBarrier together = new CyclicBarrier(SIZES.size());
        List<Future<?>> changes = SIZES.stream().<Future<?>>map(size -> threads.submit(() -> {
            together.await();
            return fixture.tunables().apply("test",
                    now -> ConfigValues.with(now, "postgres.pool_size", 2 * size + more));
        })).toList();
        for (Future<?> change : changes) {
            change.get();
        }
    }
}
