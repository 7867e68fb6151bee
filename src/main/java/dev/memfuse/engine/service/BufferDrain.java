package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.buffer.FlushBatch;
import dev.memfuse.engine.buffer.FlushManager;
import dev.memfuse.engine.buffer.UserBuffers;
import dev.memfuse.engine.buffer.WriteBuffer;
import dev.memfuse.engine.exception.EngineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stores buffered messages on request and when the engine closes. Thread-safe.
final class BufferDrain {
    private static final Logger LOG = LoggerFactory.getLogger(BufferDrain.class);

    private final UserStates states;
    private final UserLocks locks;
    private final FlushManager flush;

    BufferDrain(UserStates states, UserLocks locks, FlushManager flush) {
        this.states = states;
        this.locks = locks;
        this.flush = flush;
    }

    /// Stores the buffered messages of all users. Blocks until done.
    ///
    /// @throws EngineException the first failure, after all users were tried
    void drainAll() {
        List<EngineException> failures = states.buffering().stream().map(state -> drain(state.userId()))
                .flatMap(Optional::stream).toList();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }

    /// Stores the buffered messages of one user and returns the failure, if any. Blocks until done.
    Optional<EngineException> drain(UUID userId) {
        return locks.shared(userId, () -> states.find(userId).flatMap(this::drain));
    }

    private Optional<EngineException> drain(UserState state) {
        try {
            new WriteBuffer(state.buffers(), state.flushOrder(), flush).drain(FlushBatch.Priority.HIGH);
            return Optional.empty();
        } catch (EngineException e) {
            return Optional.of(e);
        }
    }

    /// Stores the buffered messages of all users until a deadline and logs the number of those that are left.
    ///
    /// @param deadline on the clock of [System#nanoTime]
    void drainUntil(long deadline) {
        Thread draining = BackgroundThreads.virtual("engine-drain").start(() -> {
            try {
                drainAll();
            } catch (EngineException e) {
                LOG.warn("Engine: buffered messages could not be stored at shutdown: {}", e.getMessage());
            }
        });
        try {
            draining.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        UserBuffers.Depth left = states.depth();
        int messages = left.round() + left.hybrid() + left.inFlight();
        if (messages > 0) {
            LOG.warn("Engine: {} messages were not stored at shutdown; the next start stores those in the journal",
                    messages);
        }
    }
}
