package dev.memfuse.engine.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.buffer.SpeculativeBuffer.Prediction;
import dev.memfuse.engine.exception.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Computes the answers of predicted queries after a user's write, on at most one virtual thread per user. A newer
/// write ends the run for older predictions. Pauses while the engine is busy. Thread-safe.
final class Speculation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Speculation.class);

    private final BooleanSupplier idle;
    private final Tunables tunables;
    private final Prefetch prefetch;
    private final ThreadFactory threads = BackgroundThreads.virtual("engine-speculation").factory();
    private volatile boolean closed;

    /// Computes and caches one answer.
    @FunctionalInterface
    interface Prefetch {
        /// @throws EngineException when the engine or the database cannot answer now
        void answer(UserState state, QueryRequest request);
    }

    /// @param idle returns whether the engine has capacity for speculative work; called before each answer, must not
    ///        block
    Speculation(BooleanSupplier idle, Tunables tunables, Prefetch prefetch) {
        this.idle = idle;
        this.tunables = tunables;
        this.prefetch = prefetch;
    }

    /// Records a write and starts a run if needed. Called before the write is acknowledged; does not block.
    void recordWrite(UserState state, List<NewMessage> messages, BufferConfig config) {
        if (isOn(config) && state.speculation().recordWrite(messages, config.speculativeBuffer())) {
            start(state);
        }
    }

    private void start(UserState state) {
        try {
            threads.newThread(() -> run(state)).start();
        } catch (Throwable e) {
            // The write that came before is acknowledged: it must not fail.
            state.speculation().endRun();
            BackgroundHealth.report("engine-speculation", e);
        }
    }

    private boolean isOn(BufferConfig config) {
        return config.speculativeBuffer().enabled() && config.query().cacheSize() > 0 && !closed;
    }

    private void run(UserState state) {
        try {
            Optional<Prediction> next = state.speculation().next(limits());
            while (next.isPresent()) {
                answer(state, next.get());
                next = state.speculation().next(limits());
            }
        } catch (EngineException e) {
            LOG.debug("Speculation: run ended, {}", e.getMessage());
            state.speculation().endRun();
        } catch (Throwable e) {
            state.speculation().endRun();
            BackgroundHealth.report("engine-speculation", e);
        }
    }

    private BufferConfig.SpeculativeBufferConfig limits() {
        return tunables.get().buffer().speculativeBuffer();
    }

    private void answer(UserState state, Prediction prediction) {
        state.queries().evictStale();
        for (QueryRequest request : prediction.requests()) {
            if (state.speculation().isStale(prediction) || !isOn(tunables.get().buffer())
                    || !idle.getAsBoolean()) {
                return;
            }
            prefetch.answer(state, request);
        }
    }

    /// Prevents further runs. A running one ends before its next answer.
    @Override
    public void close() {
        closed = true;
    }
}
