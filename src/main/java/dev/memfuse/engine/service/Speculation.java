package dev.memfuse.engine.service;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.buffer.SpeculativeBuffer.Prediction;
import dev.memfuse.engine.exception.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works out the answers of likely queries after a user's write, one user's on one virtual thread at a time. A newer
/// write ends the work on the predictions before it. Nothing is worked out while the engine has no time to spare.
/// Thread-safe.
final class Speculation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Speculation.class);

    private final BooleanSupplier spare;
    private final Tunables tunables;
    private final Prefetch prefetch;
    private final ThreadFactory threads = Thread.ofVirtual().name("engine-speculation-", 0).factory();
    private volatile boolean closed;

    /// Works out one answer and remembers it.
    @FunctionalInterface
    interface Prefetch {
        /// @throws EngineException when the engine or the database cannot answer now
        void answer(UserState state, QueryRequest request);
    }

    /// @param spare whether this is a time for work that nobody asked for; asked before each answer, must not block
    Speculation(BooleanSupplier spare, Tunables tunables, Prefetch prefetch) {
        this.spare = spare;
        this.tunables = tunables;
        this.prefetch = prefetch;
    }

    /// A user wrote. Called before the write is acknowledged: it only leaves word.
    void written(UserState state, List<NewMessage> messages, BufferConfig config) {
        if (on(config) && state.speculation().written(messages, config.speculativeBuffer())) {
            threads.newThread(() -> run(state)).start();
        }
    }

    private boolean on(BufferConfig config) {
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
            LOG.debug("Speculation: given up, {}", e.getMessage());
            state.speculation().ended();
        } catch (RuntimeException e) {
            LOG.warn("Speculation: an answer could not be worked out ahead", e);
            state.speculation().ended();
        }
    }

    private BufferConfig.SpeculativeBuffer limits() {
        return tunables.get().buffer().speculativeBuffer();
    }

    private void answer(UserState state, Prediction prediction) {
        state.queries().dropOld();
        for (QueryRequest request : prediction.requests()) {
            if (state.speculation().overtaken(prediction) || !on(tunables.get().buffer())
                    || !spare.getAsBoolean()) {
                return;
            }
            prefetch.answer(state, request);
        }
    }

    /// Begins nothing any more.
    @Override
    public void close() {
        closed = true;
    }
}
