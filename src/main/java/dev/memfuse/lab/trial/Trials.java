package dev.memfuse.lab.trial;

import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.Workload;
import org.jspecify.annotations.Nullable;

/// Runs loads one after the other, each under settings of its own. Closing it puts the settings from before in force
/// again, unless somebody else changed a setting meanwhile: then the experiment ends, and the settings stay.
///
/// For one thread, except [#stop] and [#current].
public final class Trials implements AutoCloseable {
    private final String experiment;
    private final LoadService loads;
    private final Tunables tunables;
    private final MemFuseConfig before;
    private final Tunables.Subscription subscription;
    private final AtomicReference<@Nullable String> interference = new AtomicReference<>();
    private volatile @Nullable LoadRun current;
    private volatile boolean stopped;

    /// @param experiment the cause of its changes of settings, for the log and the marks of charts: "sweep"
    public Trials(String experiment, LoadService loads, Tunables tunables) {
        this.experiment = experiment;
        this.loads = loads;
        this.tunables = tunables;
        this.before = tunables.get();
        this.subscription = tunables.onChange(this::observe);
    }

    private void observe(Tunables.Change change) {
        if (!change.cause().equals(experiment)) {
            interference.compareAndSet(null, String.format(Locale.ROOT,
                    "Settings were changed during the %s (%s, by %s), so it was ended; the settings stay as they are "
                            + "now.",
                    experiment, change.keys().getFirst().path(), change.cause()));
            stopLoad();
        }
    }

    /// Runs a load under settings. Blocks until its users are removed.
    ///
    /// @param what the trial in words, for a failure: "pool size 8"
    /// @throws IllegalStateException when the load failed or settings were changed meanwhile; the message is for the
    ///         user
    public RunMeasurement run(String what, MemFuseConfig settings, Workload workload) throws InterruptedException {
        requireUndisturbed();
        tunables.apply(experiment, _ -> settings);
        AtomicReference<@Nullable RunMeasurement> measured = new AtomicReference<>();
        LoadRun run = loads.start(workload, measured::set);
        current = run;
        if (stopped) {
            run.stop();
        }
        try {
            run.result().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.format(Locale.ROOT, "The load at %s failed: %s", what,
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()), e);
        } finally {
            current = null;
        }
        requireUndisturbed();
        RunMeasurement measurement = measured.get();
        if (measurement == null) {
            throw new IllegalStateException("The load at " + what + " measured nothing.");
        }
        return measurement;
    }

    private void requireUndisturbed() {
        String changed = interference.get();
        if (changed != null) {
            throw new IllegalStateException(changed);
        }
    }

    /// Ends the current load; later ones end at once. Returns at once.
    public void stop() {
        stopped = true;
        stopLoad();
    }

    private void stopLoad() {
        LoadRun run = current;
        if (run != null) {
            run.stop();
        }
    }

    /// Returns whether [#stop] was called.
    public boolean stopped() {
        return stopped;
    }

    @Override
    public void close() {
        subscription.close();
        if (interference.get() == null) {
            tunables.apply(experiment + " ended", _ -> before);
        }
    }
}
