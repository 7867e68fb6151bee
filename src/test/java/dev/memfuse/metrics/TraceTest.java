package dev.memfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

class TraceTest {
    private final Trace trace = Trace.current();

    private static void pass(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    @Test
    void theStagesAddUpToTheTotal() {
        trace.begin(Operation.ADD);
        Stage outer = trace.enter(Stage.SERVICE);
        pass(200_000);
        Stage inner = trace.enter(Stage.SQL);
        pass(500_000);
        trace.exit(inner);
        pass(100_000);
        trace.exit(outer);
        pass(50_000);
        assertTrue(trace.end());

        assertEquals(trace.totalNanos(),
                Arrays.stream(Stage.values()).mapToLong(trace::stageNanos).sum());
        assertTrue(trace.stageNanos(Stage.SERVICE) >= 300_000);
        assertTrue(trace.stageNanos(Stage.SQL) >= 500_000);
        assertTrue(trace.stageNanos(Stage.OTHER) >= 50_000);
    }

    @Test
    void aStageThatAnotherThreadEndedBeforeLastsUntilThen() {
        trace.begin(Operation.QUERY);
        Stage outer = trace.enter(Stage.EMBED);
        pass(200_000);
        long ended = System.nanoTime();
        pass(500_000);
        trace.exit(outer, ended);
        assertTrue(trace.end());

        assertTrue(trace.stageNanos(Stage.EMBED) >= 200_000);
        assertTrue(trace.stageNanos(Stage.OTHER) >= 500_000);
        assertEquals(trace.totalNanos(), Arrays.stream(Stage.values()).mapToLong(trace::stageNanos).sum());
    }

    @Test
    void anEndBeforeTheStageOrInTheFutureIsMovedIntoIt() {
        for (long offset : new long[]{-1_000_000_000L, 1_000_000_000L}) {
            trace.begin(Operation.QUERY);
            Stage outer = trace.enter(Stage.EMBED);
            pass(200_000);
            trace.exit(outer, System.nanoTime() + offset);
            assertTrue(trace.end());

            assertEquals(offset > 0, trace.stageNanos(Stage.EMBED) > 0);
            assertEquals(trace.totalNanos(), Arrays.stream(Stage.values()).mapToLong(trace::stageNanos).sum());
        }
    }

    @Test
    void anOperationInsideAnotherBelongsToTheOuterOne() {
        trace.begin(Operation.QUERY);
        trace.begin(Operation.READ);
        Stage outer = trace.enter(Stage.SQL);
        pass(100_000);
        trace.exit(outer);

        assertFalse(trace.end());
        assertTrue(trace.end());
        assertEquals(Operation.QUERY, trace.operation());
        assertTrue(trace.stageNanos(Stage.SQL) >= 100_000);
        assertTrue(trace.totalNanos() >= trace.stageNanos(Stage.SQL));
    }

    @Test
    void beginsAtZeroEachTime() {
        trace.begin(Operation.ADD);
        Stage outer = trace.enter(Stage.SQL);
        pass(100_000);
        trace.exit(outer);
        trace.end();
        trace.begin(Operation.ADD);
        trace.end();

        assertEquals(0, trace.stageNanos(Stage.SQL));
    }

    @Test
    void eachThreadHasItsOwn() throws InterruptedException {
        AtomicReference<Trace> other = new AtomicReference<>();
        Thread.ofVirtual().start(() -> other.set(Trace.current())).join();

        assertNotSame(trace, other.get());
    }
}
