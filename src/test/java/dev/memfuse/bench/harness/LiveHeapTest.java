package dev.memfuse.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Reference;

import dev.memfuse.engine.exception.EngineException;
import org.junit.jupiter.api.Test;

final class LiveHeapTest {

    @Test
    void readsTheTotalOfAHistogram() {
        assertEquals(45_678, LiveHeap.total("""
                                             num     #instances         #bytes  class name
                                               1:           300          40000  [B
                                               2:            23           5678  java.lang.String
                                            Total           323          45678
                                            """));
        assertThrows(EngineException.class, () -> LiveHeap.total("nothing"));
    }

    @Test
    void countsALiveObject() {
        long before = LiveHeap.bytes();
        byte[] alive = new byte[32 << 20];
        try {
            long more = LiveHeap.bytes() - before;

            assertTrue(more > 24 << 20, "grew by " + more + " bytes");
        } finally {
            Reference.reachabilityFence(alive);
        }
    }
}
