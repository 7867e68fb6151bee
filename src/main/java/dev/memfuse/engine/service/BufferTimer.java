package dev.memfuse.engine.service;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.buffer.FlushBatch;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.buffer.WriteBuffer;

/// The real timers of the buffers: flushes what is old, and empties the buffers when bypass is switched on. Runs on the engine's timer thread and never waits.
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
            if (!state.buffers().isEmpty()) {
                flushDue(new WriteBuffer(state.buffers(), state.flushOrder(), flush), config);
            }
        }
    }

    private static void flushDue(WriteBuffer buffer, BufferConfig config) {
        if (config.bypassMode()) {
            buffer.offerAll(FlushBatch.Priority.HIGH);
            return;
        }
        // What found the queue full when it came.
        buffer.offerIfFull(config.hybridBuffer().maxSize());
        if (config.performance().enableAutoFlush()) {
            buffer.offerDue(config.performance());
        }
    }
}
