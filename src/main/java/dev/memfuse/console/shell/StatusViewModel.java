package dev.memfuse.console.shell;

import java.util.List;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.console.fx.ErrorSurface.Banner;
import dev.memfuse.console.fx.ErrorSurface.Weight;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotInbox;
import dev.memfuse.metrics.alert.Alert;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import org.jspecify.annotations.Nullable;

/// What the status bar says. Used on the FX thread; [#tick] reads the newest figures, at most four times per second.
public final class StatusViewModel implements AutoCloseable {
    private static final int UNREAD = 8;
    /// Operations that the caller waits for; flushes and extractions run behind and would be counted twice.
    private static final List<Operation> CALLER = List.of(Operation.ADD, Operation.QUERY, Operation.LIST,
            Operation.READ, Operation.DELETE);

    /// How the engine is, for colour and icon.
    public enum Health {
        /// On its way up.
        STARTING,
        /// Usable.
        READY,
        /// Usable with limits: its database cannot be reached.
        DEGRADED,
        /// On its way down.
        STOPPING,
        /// Not usable.
        FAILED
    }

    private final PerformanceMonitor monitor;
    private final SnapshotInbox inbox;
    private final StorageTrouble storage = new StorageTrouble();
    private Health engineHealth = Health.STARTING;
    private String engineText = "Starting";
    private @Nullable MetricsSnapshot latest;
    private final ReadOnlyObjectWrapper<@Nullable Banner> trouble = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Health> health = new ReadOnlyObjectWrapper<>(Health.STARTING);
    private final ReadOnlyStringWrapper engine = new ReadOnlyStringWrapper("Starting");
    private final ReadOnlyStringWrapper database = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyStringWrapper throughput = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyStringWrapper p99 = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyStringWrapper pool = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyObjectWrapper<List<Alert>> alerts = new ReadOnlyObjectWrapper<>(List.of());

    public StatusViewModel(MetricsHub hub, PerformanceMonitor monitor) {
        this.monitor = monitor;
        this.inbox = hub.subscribe(UNREAD);
    }

    /// Shows a state of the engine.
    public void engineState(EngineState state) {
        switch (state) {
            case EngineState.Starting _ -> show(Health.STARTING, "Engine starting", Formats.NONE);
            case EngineState.Ready(String place) -> show(Health.READY, "Engine ready", place);
            case EngineState.Failed _ -> show(Health.FAILED, "Engine failed", Formats.NONE);
            case EngineState.Stopping _ -> show(Health.STOPPING, "Engine stopping", Formats.NONE);
            case EngineState.Stopped _ -> show(Health.FAILED, "Engine stopped", Formats.NONE);
        }
    }

    private void show(Health now, String text, String place) {
        engineHealth = now;
        engineText = text;
        database.set(place);
        showEngine();
    }

    /// Trouble with the storage shows only while the engine itself is well.
    private void showEngine() {
        Banner wrong = engineHealth == Health.READY ? storage.banner() : null;
        trouble.set(wrong);
        if (wrong == null) {
            health.set(engineHealth);
            engine.set(engineText);
        } else {
            health.set(wrong.weight() == Weight.ERROR ? Health.FAILED : Health.DEGRADED);
            engine.set(storage.status());
        }
    }

    /// Takes the newest snapshot and the alerts.
    public void tick() {
        MetricsSnapshot newest = newest();
        if (newest != null) {
            double rate = CALLER.stream().mapToDouble(operation -> newest.operation(operation).throughput()).sum();
            OperationSample add = newest.operation(Operation.ADD);
            throughput.set(Formats.perSecond(rate));
            storage.show(newest);
            showEngine();
            latest = newest;
            p99.set(add.throughput() == 0 ? Formats.NONE : Formats.nanosAsMillis(add.p99()));
            pool.set(newest.pool().limit() == 0
                    ? Formats.NONE
                    : newest.pool().active() + " / " + newest.pool().limit());
        }
        alerts.set(monitor.active());
    }

    private @Nullable MetricsSnapshot newest() {
        MetricsSnapshot newest = null;
        for (MetricsSnapshot next = inbox.poll(); next != null; next = inbox.poll()) {
            newest = next;
        }
        return newest;
    }

    /// All alerts of this sitting, newest first.
    public List<Alert> allAlerts() {
        return monitor.all();
    }

    @Override
    public void close() {
        inbox.close();
    }

    /// How the engine is.
    public ReadOnlyObjectProperty<Health> healthProperty() {
        return health.getReadOnlyProperty();
    }

    /// The engine's state in words.
    public ReadOnlyStringProperty engineProperty() {
        return engine.getReadOnlyProperty();
    }

    /// What is wrong with the storage of an engine that runs; empty when nothing is.
    public ReadOnlyObjectProperty<@Nullable Banner> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /// The newest snapshot that was seen; null before the first.
    public @Nullable MetricsSnapshot latest() {
        return latest;
    }

    /// Product, version and place of the database.
    public ReadOnlyStringProperty databaseProperty() {
        return database.getReadOnlyProperty();
    }

    /// Operations of all callers per second.
    public ReadOnlyStringProperty throughputProperty() {
        return throughput.getReadOnlyProperty();
    }

    /// 99th percentile of adding a batch over the last second.
    public ReadOnlyStringProperty p99Property() {
        return p99.getReadOnlyProperty();
    }

    /// Connections in use and the limit.
    public ReadOnlyStringProperty poolProperty() {
        return pool.getReadOnlyProperty();
    }

    /// Alerts that last now.
    public ReadOnlyObjectProperty<List<Alert>> alertsProperty() {
        return alerts.getReadOnlyProperty();
    }
}
