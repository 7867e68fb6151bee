package dev.memfuse.lab.trial;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigValues;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings of the engine during an experiment. Closing it puts the settings from before in force again.
///
/// While they are held nobody else can change a setting: the experiment would measure something else than it says.
/// A change of the database during a failed engine is the exception: the experiment ends, the keys that were changed
/// stay, and the others are those from before. For one thread, except [#restarting].
public final class TrialSettings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrialSettings.class);

    private final String experiment;
    private final Tunables.Run run;
    private final Tunables tunables;
    private final ServerRestart server;
    private final Runnable onInterference;
    private final MemFuseConfig before;
    private final Tunables.Subscription subscription;
    private final AtomicReference<@Nullable String> interference = new AtomicReference<>();
    private MemFuseConfig inForce;
    private Tunables.@Nullable Subscription reservation;
    private volatile boolean restarting;
    private int restarts;
    private long restartNanos;

    /// Creates the settings of an experiment that does not restart the server.
    ///
    /// @param experiment the experiment in one word, the beginning of the cause of its changes: "sweep"
    /// @param onInterference called on another thread when somebody else changes a setting; must return soon
    public TrialSettings(String experiment, Tunables tunables, Runnable onInterference) {
        this(experiment, tunables, ServerRestart.NONE, onInterference);
    }

    /// @param experiment the experiment in one word, the beginning of the cause of its changes: "sweep"
    /// @param server restarts the server when settings that take effect at its start change
    /// @param onInterference called on another thread when somebody else changes a setting; must return soon
    public TrialSettings(String experiment, Tunables tunables, ServerRestart server, Runnable onInterference) {
        this.experiment = experiment;
        this.run = new Tunables.Run(experiment);
        this.tunables = tunables;
        this.server = server;
        this.onInterference = onInterference;
        this.before = tunables.get();
        this.inForce = before;
        this.subscription = tunables.onChange(this::observe);
    }

    private void observe(Tunables.Change change) {
        if (change.run() != run) {
            interference.compareAndSet(null, sentence(String.format(Locale.ROOT, " (%s, by %s)",
                    change.keys().getFirst().path(), change.cause())));
            onInterference.run();
        }
    }

    private String sentence(String what) {
        return "Settings were changed during the " + experiment + what
                + ", so it was ended; this change stays, the other settings are those from before.";
    }

    /// Keeps others from changing settings until these are closed. Called once, when the experiment begins: one that is
    /// prepared and cannot start would hold them for ever.
    ///
    /// @return these
    /// @throws IllegalStateException when another experiment holds the settings; the message is for the user
    public TrialSettings hold() {
        reservation = tunables.reserve(run);
        return this;
    }

    /// Puts settings in force. Restarts the server when settings that take effect at its start change.
    ///
    /// @param what the trial in words, for the log and the marks of charts: "arm A"
    /// @throws IllegalStateException when somebody else changed a setting, or the server does not start with the
    ///         settings, which are those from before the call then; the message is for the user
    public void enter(String what, MemFuseConfig settings) {
        enter(what, settings, false);
    }

    /// Puts settings in force on a server that was just started.
    ///
    /// @param what the trial in words, for the log and the marks of charts: "arm A"
    /// @throws IllegalStateException like [#enter]
    public void enterFresh(String what, MemFuseConfig settings) {
        enter(what, settings, true);
    }

    private void enter(String what, MemFuseConfig settings, boolean fresh) {
        MemFuseConfig from = inForce;
        boolean restart = fresh || !StartSettings.differing(from, settings).isEmpty();
        if (restart) {
            requirePossible(from, settings);
        }
        apply(", " + what, settings);
        requireUndisturbed();
        if (restart) {
            try {
                restart();
            } catch (IllegalStateException e) {
                // The server runs with the settings of its last start.
                apply(", " + what + " failed", from);
                throw e;
            }
            requireUndisturbed();
        }
    }

    private void requirePossible(MemFuseConfig from, MemFuseConfig settings) {
        server.problem().ifPresent(problem -> {
            String subject = StartSettings.differing(from, settings).stream().findFirst().orElse("A restart");
            throw new IllegalStateException(subject + ": " + problem + ".");
        });
    }

    private void restart() {
        restarting = true;
        long begin = System.nanoTime();
        try {
            server.run();
        } finally {
            restarts++;
            restartNanos += System.nanoTime() - begin;
            restarting = false;
        }
    }

    /// Settings by another hand stay.
    private void apply(String what, MemFuseConfig settings) {
        tunables.applyBeforeRestart(run, experiment + what, now -> now.equals(inForce) ? settings : now);
        if (tunables.get().equals(settings)) {
            inForce = settings;
        } else {
            // The other hand's change is in force, but may not have been announced yet.
            interference.compareAndSet(null, sentence(""));
        }
    }

    /// Requires that nobody else changed a setting.
    ///
    /// @throws IllegalStateException otherwise; the message is for the user
    public void requireUndisturbed() {
        String changed = interference.get();
        if (changed != null) {
            throw new IllegalStateException(changed);
        }
    }

    /// Returns whether the server is restarting now. Thread-safe.
    public boolean restarting() {
        return restarting;
    }

    /// Returns how often the server was restarted.
    public int restarts() {
        return restarts;
    }

    /// Returns the time of all restarts.
    public long restartNanos() {
        return restartNanos;
    }

    @Override
    public void close() {
        subscription.close();
        try {
            boolean restart = !StartSettings.differing(tunables.get(), before).isEmpty();
            if (interference.get() == null) {
                apply(" ended", before);
            }
            if (interference.get() != null) {
                tunables.applyBeforeRestart(run, experiment + " ended", this::withoutOwn);
            }
            if (restart) {
                restoreServer();
            }
        } finally {
            if (reservation != null) {
                reservation.close();
            }
        }
    }

    /// Returns settings without those of the experiment; what another hand set stays.
    private MemFuseConfig withoutOwn(MemFuseConfig now) {
        MemFuseConfig restored = now;
        for (ConfigChange own : ConfigDiff.between(before, inForce)) {
            if (ConfigValues.get(now, own.path()).equals(ConfigValues.get(inForce, own.path()))) {
                restored = ConfigValues.with(restored, own.path(), ConfigValues.get(before, own.path()));
            }
        }
        return restored;
    }

    /// Restarts the server with its settings from before. When that fails, the server is started again by its
    /// supervisor, with the settings that are in force.
    private void restoreServer() {
        tunables.applyBeforeRestart(run, experiment + " ended", now -> StartSettings.from(before, now));
        try {
            restart();
        } catch (IllegalStateException e) {
            LOG.warn("Load: the server was not restarted at the end of the {}. {}", experiment, e.getMessage(), e);
        }
    }
}
