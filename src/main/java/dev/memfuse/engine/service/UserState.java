package dev.memfuse.engine.service;

import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

import dev.memfuse.engine.buffer.QueryBuffer;
import dev.memfuse.engine.buffer.SpeculativeBuffer;
import dev.memfuse.engine.buffer.UserBuffers;
import dev.memfuse.engine.retrieval.MemoryIndex;
import dev.memfuse.metrics.SpeculationStats;

/// State of one user in this process. Its buffers hold acknowledged messages, so it is released only when they are empty;
/// see [IdleUsers]. Thread-safe.
///
/// @param queries cached answers
/// @param speculation predictions of the user's next queries
/// @param flushOrder held from taking a batch until it is queued, so that batches are queued in the order of their
///        messages
record UserState(UUID userId, UserBuffers buffers, MemoryIndex index, QueryBuffer queries,
        SpeculativeBuffer speculation, ReentrantLock flushOrder, UserSessions sessions, UserActivity activity) {

    UserState(UUID userId, UserBuffers buffers, MemoryIndex index, UserSessions sessions, UserActivity activity,
            SpeculationStats stats) {
        this(userId, buffers, index, new QueryBuffer(stats), new SpeculativeBuffer(), new ReentrantLock(), sessions,
                activity);
    }

    /// Deletes everything derived from the user's data: the index, cached answers and predictions.
    void deleteDerived() {
        index.delete();
        clearQueries();
    }

    /// Reads the user's entries again before the next query.
    void refresh() {
        index.markStale();
        queries.invalidate();
        sessions.clearAgents();
    }

    /// Deletes cached answers and predictions, which hold texts that the user may have deleted.
    void clearQueries() {
        queries.clear();
        speculation.clear();
    }
}
