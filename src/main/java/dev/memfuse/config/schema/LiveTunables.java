package dev.memfuse.config.schema;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Tunables] over one atomic reference that holds the configuration together with its history, so that both move
/// in one step: no change is lost, and history is in the order in which the changes took effect.
public final class LiveTunables implements Tunables {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTunables.class);
    private static final int REMEMBERED_CHANGES = 1000;

    private final AtomicReference<State> state;
    private final List<Registration> listeners = new CopyOnWriteArrayList<>();
    private final InstantSource clock;

    /// Starts with `initial`.
    ///
    /// @throws ConfigException when it is not valid
    public LiveTunables(MemFuseConfig initial) {
        this(initial, InstantSource.system());
    }

    /// Starts with `initial`; the changes are dated by `clock`.
    public LiveTunables(MemFuseConfig initial, InstantSource clock) {
        state = new AtomicReference<>(new State(ConfigValidator.requireValid(initial), List.of()));
        this.clock = clock;
    }

    @Override
    public MemFuseConfig get() {
        return state.get().config();
    }

    @Override
    public Optional<Change> apply(String cause, UnaryOperator<MemFuseConfig> change) {
        while (true) {
            State now = state.get();
            MemFuseConfig next = Objects.requireNonNull(change.apply(now.config()), "the changed configuration");
            List<ConfigChange> keys = ConfigDiff.between(now.config(), next);
            if (keys.isEmpty()) {
                return Optional.empty();
            }
            requireAllowed(next, keys);
            var done = new Change(clock.instant(), cause, keys, now.config(), next);
            if (state.compareAndSet(now, now.after(done))) {
                announce(done);
                return Optional.of(done);
            }
        }
    }

    @Override
    public Optional<Change> undo() {
        while (true) {
            State now = state.get();
            int newest = now.newestStanding();
            if (newest < 0) {
                return Optional.empty();
            }
            MemFuseConfig target = now.history().get(newest).change().before();
            List<ConfigChange> keys = ConfigDiff.between(now.config(), target);
            var done = new Change(clock.instant(), "undo", keys, now.config(), target);
            if (state.compareAndSet(now, now.takenBack(newest, done))) {
                announce(done);
                return Optional.of(done);
            }
        }
    }

    @Override
    public List<Change> history() {
        return state.get().history().stream().map(Entry::change).toList();
    }

    @Override
    public Subscription onChange(Listener listener) {
        var registration = new Registration(listener);
        listeners.add(registration);
        return () -> listeners.remove(registration);
    }

    private static void requireAllowed(MemFuseConfig next, List<ConfigChange> keys) {
        var problems = new ArrayList<>(ConfigValidator.problems(next));
        for (ConfigChange change : keys) {
            if (!ConfigSchema.require(change.path()).hot()) {
                problems.add(new ConfigProblem(change.path(), "fixed at start; set it in the configuration file or "
                        + "with --set, and start again", Optional.empty()));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private void announce(Change change) {
        LOG.info("Configuration: {} ({})", change.keys().stream().map(ConfigChange::toString)
                .collect(Collectors.joining(", ")), change.cause());
        for (Registration registration : listeners) {
            try {
                registration.listener.changed(change);
            } catch (RuntimeException e) {
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

    /// A change, and whether it still stands: neither taken back nor itself the taking back of another.
    private record Entry(Change change, boolean standing) {}

    private record State(MemFuseConfig config, List<Entry> history) {

        State after(Change change) {
            return with(change, -1, true);
        }

        State takenBack(int index, Change undo) {
            return with(undo, index, false);
        }

        int newestStanding() {
            for (int i = history.size() - 1; i >= 0; i--) {
                if (history.get(i).standing()) {
                    return i;
                }
            }
            return -1;
        }

        private State with(Change change, int fallen, boolean standing) {
            var entries = new ArrayList<>(history);
            if (fallen >= 0) {
                entries.set(fallen, new Entry(history.get(fallen).change(), false));
            }
            entries.add(new Entry(change, standing));
            int surplus = Math.max(0, entries.size() - REMEMBERED_CHANGES);
            return new State(change.after(), List.copyOf(entries.subList(surplus, entries.size())));
        }
    }
}
