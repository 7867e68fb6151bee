package dev.memfuse.lab.trial;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.load.LoadReservation;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.RunMeasurement;
import dev.memfuse.load.Verdict;
import dev.memfuse.load.Workload;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs loads one after the other, each under [settings of its own][TrialSettings].
///
/// For one thread, except [#stop], [#stopped] and [#phase].
public final class Trials implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

    private final LoadReservation loads;
    private final TrialSettings settings;
    private volatile @Nullable LoadRun current;
    private volatile boolean stopped;

    /// @param experiment the experiment in one word: "sweep"
    public Trials(String experiment, LoadReservation loads, Tunables tunables) {
        this.loads = loads;
        this.settings = new TrialSettings(experiment, tunables, this::stopLoad);
    }

    /// Runs a load under settings. Blocks until its users are removed. A load that is stopped by hand stops the trials.
    ///
    /// @param what the trial in words, the beginning of a sentence: "block 1 of arm A"
    /// @throws IllegalStateException when the load failed or somebody else changed a setting; the message is for the
    ///         user
    public RunMeasurement run(String what, MemFuseConfig config, Workload workload) throws InterruptedException {
        settings.enter(what, config);
        AtomicReference<@Nullable RunMeasurement> measured = new AtomicReference<>();
        LoadRun run = loads.start(workload, measured::set);
        current = run;
        if (stopped) {
            run.stop();
        }
        try {
            run.result().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.format(Locale.ROOT, "%s failed: %s", sentence(what),
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()), e);
        } finally {
            current = null;
        }
        settings.requireUndisturbed();
        RunMeasurement measurement = measured.get();
        if (measurement == null) {
            throw new IllegalStateException(sentence(what) + " measured nothing.");
        }
        if (measurement.result().verdict().has(Verdict.Cause.STOPPED)) {
            stopped = true;
        }
        return measurement;
    }

    /// A part of an experiment, such as a pair of loads.
    @FunctionalInterface
    public interface Part {
        void run() throws InterruptedException;
    }

    /// Runs a part of the experiment. A part that fails after [#stop], for instance since the engine ends with the
    /// program, is not counted; what was measured before it stays.
    ///
    /// @throws IllegalStateException as [#run], before a stop
    public void part(Part part) throws InterruptedException {
        try {
            part.run();
        } catch (InterruptedException e) {
            if (!stopped) {
                throw e;
            }
            LOG.info("Load: a part of a stopped experiment was interrupted");
        } catch (IllegalStateException e) {
            settings.requireUndisturbed();
            if (!stopped) {
                throw e;
            }
            LOG.info("Load: a part of a stopped experiment failed. {}", e.getMessage());
        }
    }

    private static String sentence(String what) {
        return what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
    }

    /// Puts settings in force for work other than a load.
    ///
    /// @param what the trial in words
    /// @throws IllegalStateException when somebody else changed a setting; the message is for the user
    public void enter(String what, MemFuseConfig config) {
        settings.enter(what, config);
    }

    /// Requires that nobody else changed a setting.
    ///
    /// @throws IllegalStateException otherwise; the message is for the user
    public void requireUndisturbed() {
        settings.requireUndisturbed();
    }

    /// Returns the phase of the current load; empty when none runs.
    public Optional<LoadRun.Phase> phase() {
        return Optional.ofNullable(current).map(run -> run.progress().phase());
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

    /// Returns whether the trials were stopped.
    public boolean stopped() {
        return stopped;
    }

    @Override
    public void close() {
        settings.close();
    }
}
