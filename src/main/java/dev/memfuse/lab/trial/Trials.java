package dev.memfuse.lab.trial;

import java.util.List;
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
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs loads one after the other, each under [settings of its own][TrialSettings].
///
/// For one thread, except [#stop], [#stopped] and [#phase].
public final class Trials implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trials.class);

    /// Begins the sentence about failures in the warnings of a load.
    private static final String FAILED = "Failed ";

    private final LoadReservation loads;
    private final TrialSettings settings;
    private volatile @Nullable LoadRun current;
    private volatile boolean stopped;
    private volatile String failure = "";
    private final boolean fresh;

    /// Creates trials that do not restart the server.
    ///
    /// @param experiment the experiment in one word: "sweep"
    public Trials(String experiment, LoadReservation loads, Tunables tunables) {
        this(experiment, loads, tunables, ServerRestart.NONE, List.of());
    }

    /// @param experiment the experiment in one word: "sweep"
    /// @param server restarts the server when settings that take effect at its start change
    /// @param compared compared settings that take effect at the start of the server; when there are any, it is
    ///        restarted before every trial, so that none has warm caches
    /// @throws IllegalStateException when it is to be restarted and cannot; the message is for the user
    public Trials(String experiment, LoadReservation loads, Tunables tunables, ServerRestart server,
            List<String> compared) {
        if (!compared.isEmpty()) {
            server.problem().ifPresent(problem -> {
                throw new IllegalStateException(compared.getFirst() + ": " + problem + ".");
            });
        }
        this.loads = loads;
        this.fresh = !compared.isEmpty();
        this.settings = new TrialSettings(experiment, tunables, server, this::stopLoad);
    }

    /// Keeps others from changing settings until these trials are closed; see [TrialSettings#hold].
    public Trials hold() {
        settings.hold();
        return this;
    }

    /// Runs a load under settings. Blocks until its users are removed. A load that is stopped by hand stops the trials.
    ///
    /// @param what the trial in words, the beginning of a sentence: "block 1 of arm A"
    /// @throws IllegalStateException when the load failed or somebody else changed a setting; the message is for the
    ///         user
    public RunMeasurement run(String what, MemFuseConfig config, Workload workload) throws InterruptedException {
        enter(what, config);
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
        if (stopped) {
            measurement.result().warnings().stream().filter(warning -> warning.startsWith(FAILED)).findFirst()
                    .ifPresent(warning -> failure = sentence(what) + " f" + warning.substring(1));
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
            failure = String.valueOf(e.getMessage());
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
        if (fresh) {
            settings.enterFresh(what, config);
        } else {
            settings.enter(what, config);
        }
    }

    /// Returns whether the server is restarting now, for the next trial. Thread-safe.
    public boolean restarting() {
        return settings.restarting();
    }

    /// Returns how often the server was restarted and how long that took, for the description of a result: "restarted
    /// before each block, 20 times, 1.2 s each"; empty for trials that do not restart it.
    ///
    /// @param part a trial in one word: "block"
    public Optional<String> freshServers(String part) {
        int restarts = settings.restarts();
        return fresh && restarts > 0
                ? Optional.of(String.format(Locale.ROOT,
                        "restarted before each %s (%s of %s on average): each began with a fresh server and empty "
                                + "caches, and the settle time is fixed",
                        part, Numbers.count(restarts, "restart"),
                        Numbers.seconds(settings.restartNanos() / 1e9 / restarts)))
                : Optional.empty();
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

    /// Returns what failed in the trial that was ended, as a sentence; empty when nothing did. A database that went
    /// away would otherwise look like the will of the user alone.
    public Optional<String> failure() {
        return Optional.of(failure).filter(text -> !text.isEmpty())
                .map(text -> text.replaceFirst("\\.+$", "") + ".");
    }

    /// Returns a sentence about trials that were ended before they had a result, with what failed in the last one.
    public String ended(String sentence) {
        return sentence + failure().map(" "::concat).orElse("");
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
