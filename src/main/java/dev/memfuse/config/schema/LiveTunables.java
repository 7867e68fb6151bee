package dev.memfuse.config.schema;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one implementation of [Tunables]. One atomic reference holds the configuration together with its history, so
/// that both change in one step: no change is lost, and the history has the order in which the changes took effect.
public final class LiveTunables implements Tunables {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTunables.class);
    /// Problem of a change to a key that is fixed at start.
    public static final String FIXED = "fixed at start; set it in the configuration file or with --set, and start "
            + "again";

    private static final int MAX_HISTORY = 1000;

    private final AtomicReference<Versions> versions;
    private final List<Registration> listeners = new CopyOnWriteArrayList<>();
    private final List<Check> checks = new CopyOnWriteArrayList<>();
    private final InstantSource clock;

    /// Starts with `initial`.
    ///
    /// @throws ConfigException when it is not valid
    public LiveTunables(MemFuseConfig initial) {
        this(initial, InstantSource.system());
    }

    /// Starts with `initial`; `clock` dates the changes.
    ///
    /// @throws ConfigException when `initial` is not valid
    public LiveTunables(MemFuseConfig initial, InstantSource clock) {
        versions = new AtomicReference<>(new Versions(ConfigValidator.requireValid(initial), List.of(), null));
        this.clock = clock;
    }

    @Override
    public MemFuseConfig get() {
        return versions.get().current();
    }

    @Override
    public Optional<Change> apply(String cause, UnaryOperator<MemFuseConfig> change) {
        return apply(null, cause, change, ConfigKey::hot);
    }

    @Override
    public Optional<Change> applyForATime(Run run, String cause, UnaryOperator<MemFuseConfig> change) {
        return apply(run, cause, change, ConfigKey::hot);
    }

    @Override
    public Optional<Change> applyBeforeRestart(Run run, String cause, UnaryOperator<MemFuseConfig> change) {
        return apply(run, cause, change, key -> key.hot() || key.atRestartOfServer());
    }

    @Override
    public Optional<Change> applyWhileStopped(String cause, UnaryOperator<MemFuseConfig> change) {
        while (true) {
            Versions before = versions.get();
            MemFuseConfig next = ConfigValidator.requireValid(change.apply(before.current()));
            List<ConfigChange> keys = ConfigDiff.between(before.current(), next);
            if (keys.isEmpty()) {
                return Optional.empty();
            }
            var applied = new Change(clock.instant(), cause, null, keys, before.current(), next);
            if (versions.compareAndSet(before, before.afterChange(applied, false))) {
                publish(applied);
                return Optional.of(applied);
            }
        }
    }

    /// @param run null for a change that is to stay
    private Optional<Change> apply(@Nullable Run run, String cause, UnaryOperator<MemFuseConfig> change,
            Predicate<ConfigKey> changeable) {
        while (true) {
            Versions before = versions.get();
            MemFuseConfig next = Objects.requireNonNull(change.apply(before.current()), "the changed configuration");
            List<ConfigChange> keys = ConfigDiff.between(before.current(), next);
            if (keys.isEmpty()) {
                return Optional.empty();
            }
            requireNotHeld(before, run, keys);
            requireAllowed(before.current(), next, keys, changeable);
            var applied = new Change(clock.instant(), cause, run, keys, before.current(), next);
            if (versions.compareAndSet(before, before.afterChange(applied, run == null))) {
                publish(applied);
                return Optional.of(applied);
            }
        }
    }

    private static void requireNotHeld(Versions versions, @Nullable Run run, List<ConfigChange> keys) {
        Run holder = versions.holder();
        if (holder != null && holder != run) {
            throw new ConfigException(List.of(new ConfigProblem(keys.getFirst().path(),
                    "A " + holder.name() + " is running and sets the settings itself. Stop it or wait for its end.",
                    Optional.empty())));
        }
    }

    @Override
    public Subscription reserve(Run run) {
        Versions before = versions.getAndUpdate(now -> now.holder() == null ? now.heldBy(run) : now);
        if (before.holder() != null) {
            throw new IllegalStateException(
                    "A " + before.holder().name() + " is running. Stop it or wait for its end.");
        }
        return () -> versions.updateAndGet(now -> now.holder() == run ? now.heldBy(null) : now);
    }

    @Override
    public Optional<Change> undoable() {
        return versions.get().history().reversed().stream().filter(Entry::undoable).map(Entry::change).findFirst();
    }

    @Override
    public Optional<Change> undo(Change change) {
        while (true) {
            Versions before = versions.get();
            int index = before.undoable(change);
            if (index < 0) {
                return Optional.empty();
            }
            MemFuseConfig target = before.current();
            for (ConfigChange key : change.keys()) {
                target = ConfigValues.with(target, key.path(), ConfigValues.get(change.before(), key.path()));
            }
            List<ConfigChange> keys = ConfigDiff.between(before.current(), target);
            requireNotHeld(before, null, change.keys());
            requireAllowed(before.current(), target, keys, ConfigKey::hot);
            var undo = new Change(clock.instant(), "undo", null, keys, before.current(), target);
            if (versions.compareAndSet(before, before.afterUndo(index, undo))) {
                if (keys.isEmpty()) {
                    return Optional.empty();
                }
                publish(undo);
                return Optional.of(undo);
            }
        }
    }

    @Override
    public List<Change> history() {
        return versions.get().history().stream().map(Entry::change).toList();
    }

    @Override
    public Subscription onChange(Listener listener) {
        var registration = new Registration(listener);
        listeners.add(registration);
        return () -> listeners.remove(registration);
    }

    @Override
    public Subscription beforeChange(Check check) {
        checks.add(check);
        return () -> checks.remove(check);
    }

    private void requireAllowed(MemFuseConfig before, MemFuseConfig next, List<ConfigChange> keys,
            Predicate<ConfigKey> changeable) {
        var problems = new ArrayList<>(ConfigValidator.problems(next));
        for (ConfigChange change : keys) {
            ConfigKey key = ConfigSchema.require(change.path());
            if (!changeable.test(key)) {
                problems.add(new ConfigProblem(change.path(), key.fixedProblem(), Optional.empty()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        checks.forEach(check -> check.check(before, next));
    }

    private void publish(Change change) {
        LOG.info("Configuration: {} ({})", change.keys().stream().map(ConfigChange::toString)
                .collect(Collectors.joining(", ")), change.cause());
        for (Registration registration : listeners) {
            try {
                registration.listener.changed(change);
            } catch (RuntimeException | Error e) {
                LOG.error("Configuration: a listener failed on the change by {}", change.cause(), e);
            }
        }
    }

    /// Compared by identity: a listener may be added twice, and each subscription ends its own.
    private static final class Registration {
        private final Listener listener;

        Registration(Listener listener) {
            this.listener = listener;
        }
    }

    /// A change of the history.
    ///
    /// @param undoable false for an undo, for a change that was undone, and for one of an experiment
    private record Entry(Change change, boolean undoable) {}

    /// The configuration in force, the changes that led to it, oldest first, and who alone may change it.
    private record Versions(MemFuseConfig current, List<Entry> history, @Nullable Run holder) {

        Versions heldBy(@Nullable Run run) {
            return new Versions(current, history, run);
        }

        Versions afterChange(Change change, boolean undoable) {
            return append(history, new Entry(change, undoable), holder);
        }

        Versions afterUndo(int undone, Change undo) {
            var entries = new ArrayList<>(history);
            entries.set(undone, new Entry(history.get(undone).change(), false));
            return undo.keys().isEmpty()
                    ? new Versions(current, List.copyOf(entries), holder)
                    : append(entries, new Entry(undo, false), holder);
        }

        /// Returns the index of a change that can be undone; -1 when there is none.
        int undoable(Change change) {
            for (int i = history.size() - 1; i >= 0; i--) {
                if (history.get(i).undoable() && history.get(i).change().equals(change)) {
                    return i;
                }
            }
            return -1;
        }

        private static Versions append(List<Entry> history, Entry entry, @Nullable Run holder) {
            var entries = new ArrayList<>(history);
            entries.add(entry);
            int surplus = Math.max(0, entries.size() - MAX_HISTORY);
            return new Versions(entry.change().after(), List.copyOf(entries.subList(surplus, entries.size())),
                    holder);
        }
    }
}
