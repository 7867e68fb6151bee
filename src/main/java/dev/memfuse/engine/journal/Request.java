package dev.memfuse.engine.journal;

import java.util.concurrent.CompletableFuture;

/// A request in the queue of the writer.
sealed interface Request permits Append, Request.Retire, Request.Stop {
    /// Completes the request with a failure.
    void fail(JournalException failure);

    /// Seals the current segment when its first entry is older than an age and no sealed segment is before it.
    record Retire(long ageNanos, CompletableFuture<Void> done) implements Request {
        @Override
        public void fail(JournalException failure) {
            done.completeExceptionally(failure);
        }
    }

    /// Ends the writer after the requests before it.
    record Stop() implements Request {
        @Override
        public void fail(JournalException failure) {}
    }
}
