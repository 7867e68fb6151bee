package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;

import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.MetricsHub;
import org.junit.jupiter.api.Test;

/// The move of rounds through the buffers of one user.
class WriteBufferTest {
    private final SessionKey session = Rounds.newSession();
    private final UserBuffers buffers = Rounds.buffers(session.userId());
    private final ReentrantLock flushOrder = new ReentrantLock();
    private final WriteBuffer buffer = new WriteBuffer(buffers, flushOrder, new FlushManager(
            () -> Rounds.flushing(1, 100), new GatedTarget(), new HandTimer(), new MetricsHub(Clock.systemUTC())));

    /// A write without buffers that follows would otherwise be stored before the earlier message.
    @Test
    void aDrainWaitsForABatchThatAnotherThreadTookMeanwhile() throws InterruptedException {
        buffers.add(Rounds.saying(session, "a"), Rounds.MEMFUSE);
        Thread draining = Thread.ofPlatform().unstarted(() -> buffer.drain(FlushBatch.Priority.HIGH));

        FlushBatch taken;
        flushOrder.lock();
        try {
            draining.start();
            while (!flushOrder.hasQueuedThread(draining)) {
                Thread.onSpinWait();
            }
            taken = buffers.takeEverything(FlushBatch.Priority.LOW).orElseThrow();
        } finally {
            flushOrder.unlock();
        }
        while (flushOrder.hasQueuedThread(draining) || flushOrder.isLocked()
                || draining.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }

        assertEquals(Thread.State.WAITING, draining.getState(), "waits for the batch of the other thread");
        buffers.stored(taken);
        draining.join();
        assertTrue(buffers.isEmpty());
    }
}
