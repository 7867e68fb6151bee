package dev.memfuse.engine.service;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.buffer.FlushBatch;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.buffer.WriteBuffer;

/// Flushes buffers by time, and empties them after bypass was switched on. Runs every 100 ms on the engine's timer
/// thread and never blocks.
final class BufferTimer {
    private static final long TICK_MILLIS = 100;

    private final UserStates states;
    private final FlushManager flush;
    private final Tunables tunables;

    BufferTimer(UserStates states, FlushManager flush, Tunables tunables, ScheduledExecutorService timer) {
        this.states = states;
        this.flush = flush;
        this.tunables = tunables;
        timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        BufferConfig config = tunables.get().buffer();
        for (UserState state : states.buffering()) {
            flushDue(new WriteBuffer(state.buffers(), state.flushOrder(), flush), config);
        }
    }

    private static void flushDue(WriteBuffer buffer, BufferConfig config) {
        if (config.bypassMode()) {
            buffer.offerAll(FlushBatch.Priority.HIGH);
            return;
        }
        // Rounds whose writer found the queue full.
        buffer.offerIfFull(config.hybridBuffer().maxSize());
        if (config.performance().enableAutoFlush()) {
            buffer.offerDue(config.performance());
        }
    }
}
