package dev.memfuse.engine.readonly;

import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.exception.ReadOnlyException;

/// Job that never runs: vectors stay as they are in a database that is open read-only.
record ReadOnlyReembedding(Reembedding job) implements Reembedding {
    @Override
    public Status status() {
        return job.status();
    }

    @Override
    public void start() {
        throw new ReadOnlyException();
    }

    @Override
    public void pause() {
        job.pause();
    }

    @Override
    public void cancel() {
        job.cancel();
    }
}
