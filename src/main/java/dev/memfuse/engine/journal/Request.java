package dev.memfuse.engine.journal;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A request in the queue of the writer.
sealed interface Request permits Append, Request.Batch, Request.Retire, Request.Stop {
    /// Completes the request with a failure.
    void fail(JournalException failure);

    /// Entries that share a force. Each is acknowledged by itself.
    record Batch(List<Append> appends) implements Request {
        @Override
        public void fail(JournalException failure) {
            appends.forEach(append -> append.fail(failure));
        }
    }

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
