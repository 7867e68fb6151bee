package dev.memfuse.engine.service;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import dev.memfuse.config.section.EmbeddingConfig;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.OnnxEmbeddingModel;

/// Model sessions of the services that own one (`services.cache: false`). They are kept between calls while memory
/// allows; beyond that, a call closes the session that was idle longest or, when calls use all of them, waits in stage
/// `model`. Thread-safe.
final class PrivateSessions implements AutoCloseable {
    private final EmbeddingPool pool;
    private final SessionLimit limit;
    private final Set<PrivateSession> sessions = ConcurrentHashMap.newKeySet();

    /// @param pool loads the models
    /// @param limit creates the limit; its argument closes an idle session
    PrivateSessions(EmbeddingPool pool, Function<BooleanSupplier, SessionLimit> limit) {
        this.pool = pool;
        this.limit = limit.apply(this::closeLongestIdle);
    }

    /// Returns a session that the first call loads.
    PrivateSession create(EmbeddingConfig config) {
        PrivateSession session = new PrivateSession(config);
        sessions.add(session);
        return session;
    }

    /// Begins a call, which needs a matching [#end]; loads the session when needed.
    void begin(PrivateSession session) {
        session.begin(() -> load(session));
    }

    private OnnxEmbeddingModel load(PrivateSession session) {
        limit.acquire();
        boolean loaded = false;
        try {
            OnnxEmbeddingModel model = pool.load(() -> OnnxEmbeddingModel.loadAlone(session.config().model()));
            loaded = true;
            return model;
        } finally {
            limit.loaded();
            if (!loaded) {
                limit.release();
            }
        }
    }

    /// Ends a call. The session stays loaded unless it is retired.
    void end(PrivateSession session) {
        if (session.end()) {
            limit.release();
        } else {
            limit.recheck();
        }
    }

    /// Closes a session for good, at the end of its last call.
    void retire(PrivateSession session) {
        sessions.remove(session);
        if (session.retire()) {
            limit.release();
        }
    }

    /// Called under the lock of the limit, so it waits for no session.
    private boolean closeLongestIdle() {
        List<PrivateSession> byIdleTime = sessions.stream()
                .sorted(Comparator.comparingLong(session -> session.lastCallNanos() - System.nanoTime())).toList();
        for (PrivateSession session : byIdleTime) {
            if (session.closeIfIdle()) {
                limit.release();
                return true;
            }
        }
        return false;
    }

    /// Returns the number of sessions that are loaded or being loaded.
    int loaded() {
        return limit.sessions();
    }

    /// Returns the number of calls that wait for a place.
    int waiting() {
        return limit.waiting();
    }

    /// Closes all sessions. No call may begin from then on.
    @Override
    public void close() {
        sessions.forEach(this::retire);
    }
}
