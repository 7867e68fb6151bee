package dev.memfuse.engine.service;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class RecentCallsTest {
    private final AtomicLong operations = new AtomicLong(7);
    private final AtomicLong now = new AtomicLong(-5);
    private final RecentCalls calls = new RecentCalls(operations::get, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void thereAreNoneBeforeTheFirst() {
        assertFalse(calls.any());
    }

    @Test
    void aCallCountsForAMoment() {
        operations.incrementAndGet();
        assertTrue(calls.any());
        pass(Duration.ofMillis(99));
        assertTrue(calls.any());
        pass(Duration.ofMillis(1));
        assertFalse(calls.any());
    }

    @Test
    void eachCallBeginsTheMomentAgain() {
        for (int i = 0; i < 10; i++) {
            operations.incrementAndGet();
            assertTrue(calls.any());
            pass(Duration.ofMillis(60));
        }
        assertTrue(calls.any());
        pass(Duration.ofMillis(60));
        assertFalse(calls.any());
    }

    @Test
    void aCallThatNobodyAskedAboutInTimeCountsWhenItIsSeen() {
        operations.incrementAndGet();
        pass(Duration.ofHours(1));
        assertTrue(calls.any());
    }
}
