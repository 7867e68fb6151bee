package dev.memfuse.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.engine.Reembedding;

/// A job that does a quarter of its work between two calls of [#status] and ends in the state that the test sets.
final class FakeReembedding implements Reembedding {
    State end = State.DONE;
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public Status status() {
        int call = calls.getAndIncrement();
        State state = call < 4 ? State.RUNNING : end;
        return new Status(state, "hand@1", Math.min(call, 4) * 25L, 100, 50, Optional.of(Duration.ofSeconds(1)),
                state == State.FAILED ? "The database is gone." : "");
    }

    @Override
    public void start() {}

    @Override
    public void pause() {}

    @Override
    public void cancel() {}
}
