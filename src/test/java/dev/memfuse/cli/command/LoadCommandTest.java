package dev.memfuse.cli.command;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.memfuse.load.LoadResult;
import dev.memfuse.metrics.stats.Percentiles;
import org.junit.jupiter.api.Test;

final class LoadCommandTest {

    @Test
    void aRunFailsWhenOperationsNeverEndedOrNoneSucceeded() {
        assertTrue(LoadCommand.succeeded(resultOf(10, 90, 100)), "a threshold limits errors");
        assertFalse(LoadCommand.succeeded(resultOf(10, 80, 100)), "ten operations never ended");
        assertFalse(LoadCommand.succeeded(resultOf(0, 100, 100)), "no operation succeeded");
    }

    private static LoadResult resultOf(long count, long errors, long started) {
        var none = new Percentiles(0, 0, 0, 0, 0, 0, 0);
        return new LoadResult(1, Instant.EPOCH, 1,
                Map.of("add", new LoadResult.OperationResult(count, errors, count, none, none)), Map.of(), Map.of(),
                new LoadResult.PoolResult(none, 0, 0, 0, 0, 0),
                new LoadResult.ArrivalResult("closed", 1, started, started, 0, none), Map.of(), List.of(), Map.of(),
                List.of());
    }
}
