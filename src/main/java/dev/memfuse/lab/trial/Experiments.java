package dev.memfuse.lab.trial;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

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
/// @param <P> plan
/// @param <E> an experiment as its callers control and observe it
public abstract class Experiments<P, E> implements ExperimentService<P, E>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Experiments.class);
    private static final Duration END = Duration.ofSeconds(10);

    private final String kind;
    private final LoadService loads;
    private final List<Consumer<E>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable Job<E, ?> current;
    private @Nullable Thread thread;

    /// An experiment that is to run.
    ///
    /// @param experiment the experiment for its callers
    /// @param running the same, which receives the result or the failure
    /// @param work measures and returns the result; on the thread of the experiment
    public record Job<E, R>(E experiment, RunningExperiment<?, ?, R> running, Callable<R> work) {}

    /// @param kind the kind in one word: "sweep"
    protected Experiments(String kind, LoadService loads) {
        this.kind = kind;
        this.loads = loads;
    }

    /// Prepares an experiment; nothing runs yet.
    ///
    /// @param loads the loads, which are reserved until the experiment has ended
    /// @throws IllegalStateException when it cannot run; the message is for the user
    protected abstract Job<E, ?> prepare(P plan, LoadReservation loads);

    @Override
    public final E start(P plan) {
        E experiment = begin(plan).experiment();
        notifyListeners(experiment);
        return experiment;
    }

    private synchronized Job<E, ?> begin(P plan) {
        loads.requireWritable();
        LoadReservation reserved = loads.reserve(kind);
        try {
            Job<E, ?> job = prepare(plan, reserved);
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
            job.running().fail(e instanceof InterruptedException
                    ? new IllegalStateException("The " + kind + " was interrupted.", e)
                    : e);
            notifyListeners(job.experiment());
            return;
        }
        release(reserved);
        job.running().end(result);
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

    @Override
    public final synchronized Optional<E> current() {
        return Optional.ofNullable(current).map(Job::experiment);
    }

    @Override
    public final boolean blocked() {
        return loads.busy();
    }

    @Override
    public final void onRun(Consumer<E> listener) {
        listeners.add(listener);
    }

    /// Ends the experiment in progress and waits until its settings are restored, at most 10 s.
    @Override
    public final void close() {
        Thread running;
        synchronized (this) {
            running = thread;
            if (current != null) {
                current.running().stop();
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
