package dev.memfuse.lab.trial;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import org.jspecify.annotations.Nullable;

/// The settings of the engine during an experiment. Closing it puts the settings from before in force again.
///
/// When somebody else changes a setting meanwhile, the experiment has measured something else than it says: it ends,
/// and the settings stay as that hand left them. For one thread.
public final class TrialSettings implements AutoCloseable {
    private final String experiment;
    private final Tunables tunables;
    private final Runnable onInterference;
    private final MemFuseConfig before;
    private final Tunables.Subscription subscription;
    private final AtomicReference<@Nullable String> interference = new AtomicReference<>();
    private MemFuseConfig inForce;

    /// @param experiment the experiment in one word, the beginning of the cause of its changes: "sweep"
    /// @param onInterference called on another thread when somebody else changes a setting; must return soon
    public TrialSettings(String experiment, Tunables tunables, Runnable onInterference) {
        this.experiment = experiment;
        this.tunables = tunables;
        this.onInterference = onInterference;
        this.before = tunables.get();
        this.inForce = before;
        this.subscription = tunables.onChange(this::observe);
    }

    private void observe(Tunables.Change change) {
        if (!change.cause().startsWith(experiment)) {
            interference.compareAndSet(null, sentence(String.format(Locale.ROOT, " (%s, by %s)",
                    change.keys().getFirst().path(), change.cause())));
            onInterference.run();
        }
    }

    private String sentence(String what) {
        return "Settings were changed during the " + experiment + what
                + ", so it was ended; the settings stay as they are now.";
    }

    /// Puts settings in force.
    ///
    /// @param what the trial in words, for the log and the marks of charts: "arm A"
    /// @throws IllegalStateException when somebody else changed a setting; the message is for the user
    public void enter(String what, MemFuseConfig settings) {
        apply(", " + what, settings);
        requireUndisturbed();
    }

    /// Settings by another hand stay.
    private void apply(String what, MemFuseConfig settings) {
        tunables.applyForATime(experiment + what, now -> now.equals(inForce) ? settings : now);
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

    @Override
    public void close() {
        subscription.close();
        if (interference.get() == null) {
            apply(" ended", before);
        }
    }
}
