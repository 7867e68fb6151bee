package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TaskCoalescerTest {
    private final TaskCoalescer task = new TaskCoalescer();

    @Test
    void whatIsAskedForDuringARunIsOneMoreRun() {
        assertTrue(task.begin());
        assertFalse(task.begin());
        assertFalse(task.begin());

        assertTrue(task.end());
        assertTrue(task.begin());
        assertFalse(task.end());
    }

    @Test
    void aRunThatNothingFollowsIsTheLast() {
        assertTrue(task.begin());
        assertFalse(task.end());

        assertTrue(task.begin());
        assertFalse(task.end());
    }

    @Test
    void aRepetitionThatIsNotWantedAnyMoreBlocksNoLaterRun() {
        task.begin();
        task.begin();
        assertTrue(task.end());

        assertTrue(task.begin());
    }
}
