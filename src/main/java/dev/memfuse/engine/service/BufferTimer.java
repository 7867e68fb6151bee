package dev.memfuse.engine.service;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.memfuse.config.BufferConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.engine.buffer.FlushBatch;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.buffer.WriteBuffer;

/// The real timers of the buffers: flushes what is old, and empties the buffers when bypass is switched on. Runs on the engine's timer thread and hands waiting to virtual threads.
final class BufferTimer {
    private static final long TICK_MILLIS = 100;

    private final Map<UUID, UserState> states;
    private final FlushManager flush;
    private final Tunables tunables;

    BufferTimer(Map<UUID, UserState> states, FlushManager flush, Tunables tunables, ScheduledExecutorService timer) {
        this.states = states;
        this.flush = flush;
        this.tunables = tunables;
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        BufferConfig config = tunables.get().buffer();
        for (UserState state : states.values()) {
            // Somebody queues this user's batches already, and may wait for a place in the queue.
            if (!state.buffers().isEmpty() && !state.flushOrder().isLocked()) {
                WriteBuffer buffer = new WriteBuffer(state.buffers(), state.flushOrder(), flush);
                if (config.bypassMode()) {
                    offTimer(() -> buffer.submitAll(FlushBatch.Priority.HIGH));
                } else if (config.performance().enableAutoFlush()) {
                    offTimer(() -> buffer.submitDue(config.performance()));
                }
            }
        }
    }

    /// The queue may be full, and the timer must not wait.
    private static void offTimer(Runnable work) {
        Thread.ofVirtual().name("engine-timer-flush").start(work);
    }
}
