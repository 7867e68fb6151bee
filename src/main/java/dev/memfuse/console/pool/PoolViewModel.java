package dev.memfuse.console.pool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.pool.ConnectionPools;
import dev.memfuse.metrics.pool.ConnectionPools.Lease;
import dev.memfuse.metrics.pool.ConnectionPools.Pool;
import dev.memfuse.metrics.pool.ConnectionPools.Snapshot;
import dev.memfuse.metrics.pool.LeaseTimes;
import dev.memfuse.metrics.pool.LeaseTimes.Distribution;
import dev.memfuse.metrics.pool.LeaseTimes.Kind;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the Pool page. FX thread only.
final class PoolViewModel {
    private static final String MINIMUM = "postgres.pool_size";
    private static final String OVERFLOW = "postgres.max_overflow";

    private final MetricsHub hub;
    private final Tunables tunables;
    private final PageTools tools;
    private final Map<String, PoolScope> scopes = new HashMap<>();
    private final ObservableList<Pool> pools = FXCollections.observableArrayList();
    private final ObservableList<Snapshot> frozen = FXCollections.observableArrayList();
    /// Name of the chosen pool; empty for the first one.
    private final StringProperty pool = new SimpleStringProperty("");
    private final ObjectProperty<Optional<Snapshot>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private final ObservableList<Lease> leases = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper leasesNote = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Map<Kind, Distribution>> times = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyObjectWrapper<PageState> state = new ReadOnlyObjectWrapper<>(
            new PageState.Loading("Reading the pool", -1));
    private final ReadOnlyObjectWrapper<@Nullable Action> asked = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper effect = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final PassingProblem problem = new PassingProblem();
    private final ReadOnlyStringWrapper shown = new ReadOnlyStringWrapper("");
    private final StringProperty minimum = new SimpleStringProperty("");
    private final StringProperty overflow = new SimpleStringProperty("");
    private Map<Boolean, Map<Kind, Distribution>> allTimes = Map.of();
    private Snapshot now = new Snapshot(Instant.EPOCH, List.of(), List.of(), "");
    private boolean reading;

    /// What a person can do with the pool.
    enum Action {
        RESIZE("Resize"),
        SOFT_EVICT("Replace the connections"),
        SUSPEND("Suspend"),
        RESUME("Resume");

        private final String label;

        Action(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    PoolViewModel(MetricsHub hub, Tunables tunables, PageTools tools) {
        this.hub = hub;
        this.tunables = tunables;
        this.tools = tools;
        showSizes();
        minimum.subscribe(this::typed);
        overflow.subscribe(this::typed);
        chosen.subscribe(this::showLeases);
        pool.subscribe(_ -> {
            cancel();
            showLeases();
            showTimes();
        });
    }

    /// Returns the chosen pool; the first one when none is chosen, or the chosen one is closed. Null without a pool.
    private @Nullable Pool current() {
        return current(pools);
    }

    private @Nullable Pool current(List<Pool> all) {
        return all.stream().filter(one -> one.name().equals(pool.get())).findFirst()
                .orElseGet(() -> all.isEmpty() ? null : all.getFirst());
    }

    /// The question names the sizes from before.
    private void typed() {
        if (asked.get() == Action.RESIZE) {
            cancel();
        }
    }

    private void showSizes() {
        minimum.set(Integer.toString(tunables.get().postgres().poolSize()));
        overflow.set(Integer.toString(tunables.get().postgres().maxOverflow()));
    }

    /// Samples the gauges; called [PoolScope#RATE] times a second while the page is visible.
    void sample() {
        Map<String, Pool> found = new HashMap<>();
        hub.connectionPools().pools().forEach(one -> found.putIfAbsent(one.name(), one));
        scopes.keySet().retainAll(found.keySet());
        found.forEach((name, one) -> scopes.computeIfAbsent(name, _ -> new PoolScope()).add(one.active(),
                one.waiting(), one.limit()));
    }

    /// What was read at one moment.
    private record Reading(Snapshot snapshot, List<Snapshot> frozen, Map<Boolean, Map<Kind, Distribution>> times) {}

    private static Map<Kind, Distribution> distributions(LeaseTimes times) {
        Map<Kind, Distribution> distributions = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            distributions.put(kind, times.distribution(kind));
        }
        return distributions;
    }

    /// Reads leases and times, unless they are being read; called once a second while the page is visible.
    void refresh() {
        ConnectionPools running = hub.connectionPools();
        if (!pools.equals(running.pools())) {
            pools.setAll(running.pools());
        }
        state.set(pools.isEmpty()
                ? new PageState.Empty(Icons.POOL, "No connection pool yet",
                        "The pool opens when the engine first uses the database.")
                : PageState.READY);
        problem.check();
        if (reading) {
            return;
        }
        reading = true;
        tools.tasks().call("read the pool", () -> {
            Map<Boolean, Map<Kind, Distribution>> found = Map.of(false, distributions(hub.leaseTimes()), true,
                    distributions(hub.replicaPool().times()));
            return new Reading(running.snapshot(), running.frozen(), found);
        }).onSuccess(found -> {
            reading = false;
            now = found.snapshot();
            if (!frozen.equals(found.frozen())) {
                frozen.setAll(found.frozen());
            }
            allTimes = found.times();
            showTimes();
            showLeases();
        }).onFailure(e -> {
            reading = false;
            leasesNote.set(Sentences.of(e));
        }).start();
    }

    private void showTimes() {
        Pool current = current();
        boolean standbys = current != null && current.standbys();
        times.set(allTimes.getOrDefault(standbys, Map.of()));
        shown.set(current == null || pools.stream().map(Pool::name).distinct().count() < 2
                ? ""
                : "Shown: " + current.name() + ", " + (standbys
                        ? "reads from standbys. Select the other pool above."
                        : "the primary server. Select the other pool above."));
    }

    private void showLeases() {
        Snapshot shown = chosen.get().orElse(now);
        Pool pool = current(shown.pools());
        leases.setAll(shown.leases().stream().filter(lease -> pool == null || lease.pool().equals(pool.name()))
                .toList());
        leasesNote.set(chosen.get().isEmpty()
                ? shown.problem()
                : "At the time-out of " + Formats.timeOfDay(shown.at())
                        + (pool == null
                                ? "."
                                : ": " + pool.active() + " in use, " + pool.idle() + " idle, " + pool.waiting()
                                        + " waiting, limit " + pool.limit() + ".")
                        + (shown.problem().isEmpty() ? "" : " " + shown.problem()));
    }

    /// Asks before an action, with its effect.
    void ask(Action action) {
        outcome.set("");
        problem.set("");
        Pool pool = current();
        if (pool == null) {
            problem.set("There is no pool yet.", () -> current() == null);
            return;
        }
        if (pool.standbys() && (action == Action.SUSPEND || action == Action.RESUME)) {
            problem.set("Only the pool of the primary server can be suspended: what a standby does not answer, the "
                    + "primary server answers.", this::ofStandbys);
            return;
        }
        if (action == Action.RESIZE) {
            try {
                MemFuseConfig resized = resized(tunables.get());
                effect.set("Keeps " + resized.postgres().poolSize() + " connections open and opens at most "
                        + resized.postgres().maximumPoolSize() + ", instead of " + pool.minimumIdle() + " and "
                        + pool.limit() + (pools.stream().anyMatch(Pool::standbys) ? ", in each pool." : ".")
                        + (resized.postgres().maximumPoolSize() < pool.active()
                                ? " " + Numbers.count(pool.active())
                                        + " are in use: those above close when they return."
                                : ""));
            } catch (ConfigException e) {
                String low = minimum.get();
                String high = overflow.get();
                problem.set(e.problems().getFirst().message(),
                        () -> minimum.get().equals(low) && overflow.get().equals(high));
                return;
            }
        } else {
            effect.set(effect(action, pool));
        }
        asked.set(action);
    }

    private boolean ofStandbys() {
        Pool now = current();
        return now != null && now.standbys();
    }

    private String effect(Action action, Pool pool) {
        return switch (action) {
            case RESIZE -> "";
            case SOFT_EVICT -> "Closes " + pool.idle() + " idle connections now, and the " + pool.active()
                    + " in use when they return. The next requests open new ones"
                    + Optional.ofNullable(times.get().get(Kind.CONNECT)).filter(found -> found.count() > 0)
                            .map(found -> ", about " + Formats.nanosAsMillis(found.p50()) + " each").orElse("")
                    + ".";
            case SUSPEND -> "Further requests for a connection wait until you resume, and fail after "
                    + Formats.count(pool.timeoutMillis()) + " ms. The " + pool.active() + " in use go on.";
            case RESUME -> "Grants connections again" + (pool.waiting() == 0
                    ? "."
                    : "; " + pool.waiting() + " threads wait.");
        };
    }

    private MemFuseConfig resized(MemFuseConfig config) {
        return ConfigValues.with(ConfigValues.with(config, MINIMUM, ConfigValues.parse(MINIMUM, minimum.get().strip())),
                OVERFLOW, ConfigValues.parse(OVERFLOW, overflow.get().strip()));
    }

    /// Does what [#ask] asked about.
    void confirm() {
        Action action = asked.get();
        asked.set(null);
        if (action == null) {
            return;
        }
        ConnectionPools running = hub.connectionPools();
        Pool target = current();
        tools.changes().call(action.label(), () -> {
            switch (action) {
                case RESIZE -> tunables.apply("Pool page", this::resized);
                case SOFT_EVICT -> running.softEvict(target == null ? "" : target.name());
                case SUSPEND -> running.suspend();
                case RESUME -> running.resume();
            }
            return true;
        }).onSuccess(_ -> {
            outcome.set(switch (action) {
                case RESIZE -> "The pool was resized.";
                case SOFT_EVICT -> "The connections are being replaced.";
                case SUSPEND -> "The pool is suspended. Requests for a connection wait.";
                case RESUME -> "The pool grants connections again.";
            });
            showSizes();
            refresh();
        }).onFailure(e -> problem.set(Sentences.of(e))).start();
    }

    /// Leaves the pool as it is.
    void cancel() {
        asked.set(null);
    }

    /// Returns the leases as lines with tabs between the columns, with a header.
    String table(List<Lease> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("pool\tthread\tvirtual\toperation\tstage\tpurpose\theld ms\tPID\tstate\twait\tstatement");
        rows.forEach(lease -> lines.add(String.join("\t", lease.pool(), lease.thread(),
                Boolean.toString(lease.virtual()), lease.operation(), lease.stage(), lease.action(),
                Formats.millis(lease.heldNanos() / 1e6),
                Integer.toString(lease.backendPid()),
                lease.backend().map(ConnectionPools.Backend::state).orElse(""),
                lease.backend().map(ConnectionPools.Backend::waitEvent).orElse(""),
                lease.backend().map(backend -> backend.statement().replaceAll("\\s+", " ")).orElse(""))));
        return String.join("\n", lines);
    }

    /// Returns the samples of the chosen pool.
    PoolScope scope() {
        Pool shown = current();
        return Objects.requireNonNullElseGet(shown == null ? null : scopes.get(shown.name()), PoolScope::new);
    }

    /// Returns the name of the chosen pool; empty for the first one.
    StringProperty poolProperty() {
        return pool;
    }

    ObservableList<Pool> pools() {
        return pools;
    }

    /// Returns the snapshots of time-outs, newest first.
    ObservableList<Snapshot> frozen() {
        return frozen;
    }

    /// Returns the frozen snapshot that is shown; empty shows the leases of now.
    ObjectProperty<Optional<Snapshot>> chosenProperty() {
        return chosen;
    }

    /// Returns the shown leases, the longest first.
    ObservableList<Lease> leases() {
        return leases;
    }

    ReadOnlyStringProperty leasesNoteProperty() {
        return leasesNote.getReadOnlyProperty();
    }

    /// Returns which of several pools is shown; empty when there is one.
    ReadOnlyStringProperty shownProperty() {
        return shown.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Map<Kind, Distribution>> timesProperty() {
        return times.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Returns the action that waits for its confirmation; null when there is none.
    ReadOnlyObjectProperty<@Nullable Action> askedProperty() {
        return asked.getReadOnlyProperty();
    }

    /// Returns the effect of the action that is asked about.
    ReadOnlyStringProperty effectProperty() {
        return effect.getReadOnlyProperty();
    }

    ReadOnlyStringProperty outcomeProperty() {
        return outcome.getReadOnlyProperty();
    }

    ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }

    StringProperty minimumProperty() {
        return minimum;
    }

    StringProperty overflowProperty() {
        return overflow;
    }
}
