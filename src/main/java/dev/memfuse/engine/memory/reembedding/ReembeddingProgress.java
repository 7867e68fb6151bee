package dev.memfuse.engine.memory.reembedding;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.engine.Reembedding.State;
import dev.memfuse.engine.Reembedding.Status;

/// State, requests and progress of a re-embedding. Thread-safe.
final class ReembeddingProgress {
    private static final long CLOSE_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.IDLE;
    private boolean cancelled;
    private boolean restartRequested;
    private boolean closed;
    private long done;
    private long total;
    private long runningNanos;
    private long resumedAt;
    private String problem = "";

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            T result = work.get();
            changed.signalAll();
            return result;
        } finally {
            lock.unlock();
        }
    }

    /// Starts or resumes the job.
    ///
    /// @return whether the caller must start a thread
    boolean begin() {
        return locked(() -> {
            if (closed) {
                return false;
            }
            if (state.active()) {
                resume();
                return false;
            }
            state = State.COUNTING;
            cancelled = false;
            restartRequested = false;
            done = 0;
            total = 0;
            runningNanos = 0;
            problem = "";
            return true;
        });
    }

    private void resume() {
        cancelled = false;
        if (state == State.PAUSED) {
            state = State.RUNNING;
            resumedAt = System.nanoTime();
        }
    }

    /// Requests another pass of an active job.
    ///
    /// @return false when no job is active
    boolean restart() {
        return locked(() -> {
            restartRequested = state.active();
            return restartRequested;
        });
    }

    /// Pauses a running job; has no effect on others.
    void pause() {
        locked(() -> {
            if (state == State.RUNNING) {
                state = State.PAUSED;
                runningNanos += System.nanoTime() - resumedAt;
            }
            return true;
        });
    }

    /// Cancels the job after the current portion.
    void cancel() {
        locked(() -> cancelled = true);
    }

    /// Starts a pass with this number of stale vectors.
    void counted(long stale) {
        locked(() -> {
            total = stale;
            done = 0;
            runningNanos = 0;
            if (state == State.COUNTING) {
                state = State.RUNNING;
            }
            resumedAt = System.nanoTime();
            return true;
        });
    }

    /// Adds replaced vectors to the progress.
    void add(int texts) {
        locked(() -> done += texts);
    }

    /// Returns whether the next portion may start; waits while the job is paused.
    boolean mayContinue() throws InterruptedException {
        lock.lock();
        try {
            while (state == State.PAUSED && !cancelled) {
                changed.await();
            }
            return !cancelled;
        } finally {
            lock.unlock();
        }
    }

    /// Ends a pass.
    ///
    /// @return whether another pass was requested
    boolean finishPass() {
        return locked(() -> {
            if (restartRequested && !cancelled) {
                restartRequested = false;
                state = State.COUNTING;
                return true;
            }
            stop(cancelled ? State.CANCELLED : State.DONE);
            return false;
        });
    }

    /// Ends the job.
    ///
    /// @param reason problem, a sentence; may be empty
    void end(State end, String reason) {
        locked(() -> {
            stop(end);
            problem = reason;
            return true;
        });
    }

    private void stop(State end) {
        if (state == State.RUNNING) {
            runningNanos += System.nanoTime() - resumedAt;
        }
        state = end;
    }

    /// Cancels the job, prevents further ones, and waits for the current portion, at most ten seconds.
    void close() {
        lock.lock();
        try {
            closed = true;
            cancelled = true;
            changed.signalAll();
            long remaining = TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
            while (state.active() && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /// Returns the status for display.
    Status status(String model) {
        return locked(() -> {
            long nanos = runningNanos + (state == State.RUNNING ? System.nanoTime() - resumedAt : 0);
            double perSecond = done == 0 || nanos == 0 ? 0 : done / (nanos / 1e9);
            boolean known = perSecond > 0 && state.active();
            long remaining = Math.max(0, total - done);
            return new Status(state, model, done, total, perSecond,
                    known ? Optional.of(Duration.ofMillis(Math.round(remaining / perSecond * 1000))) : Optional.empty(),
                    problem);
        });
    }
}
