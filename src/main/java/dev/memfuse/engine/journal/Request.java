package dev.memfuse.engine.journal;

import java.util.concurrent.CompletableFuture;

/// What the writer's queue holds.
sealed interface Request permits Append, Request.Retire, Request.Stop {
    void refuse(JournalException why);

    /// Close the current segment when its first entry is older.
    record Retire(long ageNanos, CompletableFuture<Void> done) implements Request {
        @Override
        public void refuse(JournalException why) {
            done.completeExceptionally(why);
        }
    }

    /// Write what stands before it, then end.
    record Stop() implements Request {
        @Override
        public void refuse(JournalException why) {}
    }
}
