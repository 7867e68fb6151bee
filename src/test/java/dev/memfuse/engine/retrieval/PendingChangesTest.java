package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PendingChangesTest {
    private final PendingChanges pending = new PendingChanges();

    @BeforeEach
    void start() {
        pending.start();
    }

    @Test
    void refusesChangesBeforeTheStartAndAfterTheEnd() {
        assertFalse(new PendingChanges().offer(_ -> {}));
        boolean removal = pending.stop();

        assertFalse(removal);
        assertFalse(pending.offerRemoval(_ -> {}));
    }

    /// A removal can arrive after the last changes were applied and before the index is closed.
    @Test
    void saysAtTheEndThatARemovalIsNotApplied() {
        assertTrue(pending.offerRemoval(_ -> {}));

        assertTrue(pending.stop());
    }

    @Test
    void saysAtTheEndThatARemovalWasDropped() {
        pending.offerRemoval(_ -> {});
        for (int i = 0; i < 50_000; i++) {
            pending.offer(_ -> {});
        }

        assertTrue(pending.isRemovalDropped());
        assertTrue(pending.takeStale());
        assertTrue(pending.stop());
    }
}
