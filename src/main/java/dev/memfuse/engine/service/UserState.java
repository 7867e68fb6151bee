package dev.memfuse.engine.service;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.buffer.QueryBuffer;
import dev.memfuse.engine.buffer.SpeculativeBuffer;
import dev.memfuse.engine.buffer.UserBuffers;
import dev.memfuse.engine.retrieval.MemoryIndex;
import dev.memfuse.metrics.SpeculationStats;

/// What the engine holds of one user whatever becomes of the service objects: nothing acknowledged may depend on a cache.
///
/// @param speculation what the user may ask next
/// @param flushOrder held from taking a batch to queueing it, so that batches are queued in the order of their messages
/// @param knownSessions sessions seen to exist
/// @param agents the agent of each session that a query asked for
record UserState(UUID userId, UserBuffers buffers, MemoryIndex index, QueryBuffer queries,
        SpeculativeBuffer speculation,
        ReentrantLock flushOrder, Set<SessionKey> knownSessions, Map<UUID, UUID> agents) {

    UserState(UUID userId, MemoryIndex index, SpeculationStats tally) {
        this(userId, new UserBuffers(userId), index, new QueryBuffer(tally), new SpeculativeBuffer(),
                new ReentrantLock(),
                ConcurrentHashMap.newKeySet(), new ConcurrentHashMap<>());
    }

    /// Drops what was worked out from the user's data: the index and the remembered answers hold its texts.
    void forgetAnswers() {
        index.wipe();
        forgetQueries();
    }

    /// Drops the remembered answers and what they may be asked with: the user deleted something.
    void forgetQueries() {
        queries.forget();
        speculation.forget();
    }
}
