package dev.memfuse.lab.trial;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs experiments of one kind in the background, one at a time, each on a thread with the name of the kind.
/// Thread-safe. Close it before the loads.
///
/// @param <E> an experiment as its callers control and observe it
public final class ExperimentRunner<E> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentRunner.class);
    private static final Duration END = Duration.ofSeconds(10);

    private final String kind;
    private final LoadService loads;
    private final List<Consumer<E>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Job<E, ?> current;
    private @Nullable Thread thread;

    /// An experiment that is to run.
    ///
    /// @param experiment the experiment for its callers
    /// @param work measures and returns the result; on the thread of the experiment
    /// @param stop ends the work early; returns at once
    /// @param result receives the result or the failure
    public record Job<E, R>(E experiment, Callable<R> work, Runnable stop, CompletableFuture<R> result) {}

    /// @param kind the kind in one word: "sweep"
    public ExperimentRunner(String kind, LoadService loads) {
        this.kind = kind;
        this.loads = loads;
    }

    /// Starts an experiment.
    ///
    /// @param prepare creates the job; receives the loads, which are reserved until the job has ended
    /// @throws IllegalStateException when an experiment or a load runs; the message is for the user
    public <R> E start(Function<LoadReservation, Job<E, R>> prepare) {
        Job<E, R> job = begin(prepare);
        notifyListeners(job.experiment());
        return job.experiment();
    }

    private synchronized <R> Job<E, R> begin(Function<LoadReservation, Job<E, R>> prepare) {
        LoadReservation reserved = loads.reserve(kind);
        try {
            Job<E, R> job = prepare.apply(reserved);
            current = job;
            thread = BackgroundThreads.platform(kind).start(() -> execute(job, reserved));
            return job;
        } catch (RuntimeException | Error e) {
            reserved.close();
            throw e;
        }
    }

    private <R> void execute(Job<E, R> job, LoadReservation reserved) {
        R result;
        try {
            result = job.work().call();
        } catch (Throwable e) {
            LOG.warn("Load: the {} failed", kind, e);
            release(reserved);
            job.result().completeExceptionally(e instanceof InterruptedException
                    ? new IllegalStateException("The " + kind + " was interrupted.", e)
                    : e);
            notifyListeners(job.experiment());
            return;
        }
        release(reserved);
        job.result().complete(result);
        notifyListeners(job.experiment());
    }

    private synchronized void release(LoadReservation reserved) {
        current = null;
        reserved.close();
    }

    private void notifyListeners(E experiment) {
        for (Consumer<E> listener : listeners) {
            try {
                listener.accept(experiment);
            } catch (Throwable e) {
                BackgroundHealth.report(kind + " listener", e);
            }
        }
    }

    /// Returns the active experiment.
    public synchronized Optional<E> current() {
        return Optional.ofNullable(current).map(Job::experiment);
    }

    /// Calls `listener` when an experiment starts or ends, on an arbitrary thread.
    public void onRun(Consumer<E> listener) {
        listeners.add(listener);
    }

    /// Ends the experiment in progress and waits until its settings are restored, at most 10 s.
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            running = thread;
            if (current != null) {
                current.stop().run();
            }
        }
        try {
            if (running != null && !running.join(END)) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
