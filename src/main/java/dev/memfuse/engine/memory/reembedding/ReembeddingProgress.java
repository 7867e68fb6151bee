package dev.memfuse.engine.memory.reembedding;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.memfuse.engine.Reembedding.State;
import dev.memfuse.engine.Reembedding.Status;

/// The state of a re-embedding: what its owner wants of it and how far it is. Thread-safe.
final class ReembeddingProgress {
    private static final long CLOSE_SECONDS = 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.IDLE;
    private boolean cancelled;
    private boolean again;
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

    /// Starts or resumes.
    ///
    /// @return whether a thread is to be started
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
            again = false;
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

    /// Asks a job that is active for one more pass.
    ///
    /// @return false when there is none
    boolean restart() {
        return locked(() -> {
            again = state.active();
            return again;
        });
    }

    /// Pauses a running job; others are left alone.
    void pause() {
        locked(() -> {
            if (state == State.RUNNING) {
                state = State.PAUSED;
                runningNanos += System.nanoTime() - resumedAt;
            }
            return true;
        });
    }

    void cancel() {
        locked(() -> cancelled = true);
    }

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

    void did(int texts) {
        locked(() -> done += texts);
    }

    /// Whether the next portion may begin; waits while paused.
    boolean mayGoOn() throws InterruptedException {
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
    /// @return whether another one is wanted
    boolean finishPass() {
        return locked(() -> {
            if (again && !cancelled) {
                again = false;
                state = State.COUNTING;
                return true;
            }
            stop(cancelled ? State.CANCELLED : State.DONE);
            return false;
        });
    }

    void end(State how, String why) {
        locked(() -> {
            stop(how);
            problem = why;
            return true;
        });
    }

    private void stop(State how) {
        if (state == State.RUNNING) {
            runningNanos += System.nanoTime() - resumedAt;
        }
        state = how;
    }

    /// Lets no further portion begin and waits for the one in work, for a bounded time.
    void cancelForGood() {
        lock.lock();
        try {
            closed = true;
            cancelled = true;
            changed.signalAll();
            long left = TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
            while (state.active() && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    Status status(String model) {
        return locked(() -> {
            long nanos = runningNanos + (state == State.RUNNING ? System.nanoTime() - resumedAt : 0);
            double perSecond = done == 0 || nanos == 0 ? 0 : done / (nanos / 1e9);
            boolean known = perSecond > 0 && state.active();
            long left = Math.max(0, total - done);
            return new Status(state, model, done, total, perSecond,
                    known ? Optional.of(Duration.ofMillis(Math.round(left / perSecond * 1000))) : Optional.empty(),
                    problem);
        });
    }
}
