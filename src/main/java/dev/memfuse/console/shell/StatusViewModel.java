package dev.memfuse.console.shell;

import java.util.List;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.console.fx.DataAge;
import dev.memfuse.console.fx.ErrorSurface.Banner;
import dev.memfuse.console.fx.ErrorSurface.Severity;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotInbox;
import dev.memfuse.metrics.alert.Alert;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// Figures and texts of the status bar. [#tick] reads the newest snapshot. FX thread only.
public final class StatusViewModel implements AutoCloseable {
    private static final int INBOX_SIZE = 8;
    /// State of the engine, for colour and icon.
    public enum Health {
        /// Starting.
        STARTING,
        /// Ready for calls.
        READY,
        /// Ready with limits: the database is unreachable.
        DEGRADED,
        /// Stopping.
        STOPPING,
        /// Failed or stopped.
        FAILED
    }

    private final PerformanceMonitor monitor;
    private final SnapshotInbox inbox;
    private final DataAge age;
    private final StorageProblem storage = new StorageProblem();
    private Health engineHealth = Health.STARTING;
    private String engineText = "Starting";
    private final ReadOnlyObjectWrapper<@Nullable MetricsSnapshot> latest = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable Banner> storageProblem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Health> health = new ReadOnlyObjectWrapper<>(Health.STARTING);
    private final ReadOnlyStringWrapper engine = new ReadOnlyStringWrapper("Starting");
    private final ReadOnlyStringWrapper database = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyStringWrapper throughput = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyStringWrapper p99 = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyStringWrapper pool = new ReadOnlyStringWrapper(Formats.NONE);
    private final ReadOnlyObjectWrapper<List<Alert>> alerts = new ReadOnlyObjectWrapper<>(List.of());

    public StatusViewModel(MetricsHub hub, PerformanceMonitor monitor) {
        this(hub, monitor, new DataAge());
    }

    StatusViewModel(MetricsHub hub, PerformanceMonitor monitor, DataAge age) {
        this.monitor = monitor;
        this.age = age;
        this.inbox = hub.subscribe(INBOX_SIZE);
    }

    /// Applies a state of the engine.
    public void engineState(EngineState state) {
        switch (state) {
            case EngineState.Starting _ -> show(Health.STARTING, "Engine starting", Formats.NONE);
            case EngineState.Ready(String location) -> show(Health.READY, "Engine ready", location);
            case EngineState.Failed _ -> show(Health.FAILED, "Engine failed", Formats.NONE);
            case EngineState.Stopping _ -> show(Health.STOPPING, "Engine stopping", Formats.NONE);
            case EngineState.Stopped _ -> show(Health.FAILED, "Engine stopped", Formats.NONE);
        }
    }

    private void show(Health now, String text, String location) {
        engineHealth = now;
        engineText = text;
        database.set(location);
        showEngine();
    }

    /// Shows a problem of the storage only while the engine is ready.
    private void showEngine() {
        Banner problem = engineHealth == Health.READY ? storage.banner() : null;
        storageProblem.set(problem);
        if (problem == null) {
            health.set(engineHealth);
            engine.set(engineText);
        } else {
            health.set(problem.severity() == Severity.ERROR ? Health.FAILED : Health.DEGRADED);
            engine.set(storage.status());
        }
    }

    /// Reads the newest snapshot and the alerts.
    public void tick() {
        MetricsSnapshot newest = newest();
        if (newest != null) {
            OperationSample add = newest.operation(Operation.ADD);
            throughput.set(Formats.perSecond(newest.callsPerSecond()));
            storage.show(newest);
            showEngine();
            latest.set(newest);
            age.updated();
            p99.set(add.throughput() == 0
                    ? Formats.NONE
                    : Numbers.percentile(add.count(), 99, add.p99() / 1e6) + " ms");
            pool.set(newest.pool().limit() == 0
                    ? Formats.NONE
                    : newest.pool().active() + " / " + newest.pool().limit());
        }
        alerts.set(monitor.active());
        showAge();
    }

    /// A green "Engine ready" beside figures that stand still would be a lie.
    private void showAge() {
        String stale = age.stale();
        if (stale != null && engineHealth == Health.READY && latest.get() != null) {
            health.set(Health.DEGRADED);
            engine.set(stale);
        } else {
            showEngine();
        }
    }

    private @Nullable MetricsSnapshot newest() {
        MetricsSnapshot newest = null;
        for (MetricsSnapshot next = inbox.poll(); next != null; next = inbox.poll()) {
            newest = next;
        }
        return newest;
    }

    /// Returns all alerts since start, newest first.
    public List<Alert> allAlerts() {
        return monitor.all();
    }

    @Override
    public void close() {
        inbox.close();
    }

    /// Returns the state of the engine.
    public ReadOnlyObjectProperty<Health> healthProperty() {
        return health.getReadOnlyProperty();
    }

    /// Returns the state of the engine as text.
    public ReadOnlyStringProperty engineProperty() {
        return engine.getReadOnlyProperty();
    }

    /// Returns the problem of the storage of a running engine; null when there is none.
    public ReadOnlyObjectProperty<@Nullable Banner> storageProblemProperty() {
        return storageProblem.getReadOnlyProperty();
    }

    /// Returns the snapshot that the status bar shows; null before the first.
    public @Nullable MetricsSnapshot latest() {
        return latest.get();
    }

    /// Returns the snapshot that the status bar shows, for other figures of the window.
    public ReadOnlyObjectProperty<@Nullable MetricsSnapshot> latestProperty() {
        return latest.getReadOnlyProperty();
    }

    /// Returns product, version and location of the database.
    public ReadOnlyStringProperty databaseProperty() {
        return database.getReadOnlyProperty();
    }

    /// Returns the rate of the operations of callers.
    public ReadOnlyStringProperty throughputProperty() {
        return throughput.getReadOnlyProperty();
    }

    /// Returns the 99th percentile of add over the last second.
    public ReadOnlyStringProperty p99Property() {
        return p99.getReadOnlyProperty();
    }

    /// Returns connections in use and their limit.
    public ReadOnlyStringProperty poolProperty() {
        return pool.getReadOnlyProperty();
    }

    /// Returns the active alerts.
    public ReadOnlyObjectProperty<List<Alert>> alertsProperty() {
        return alerts.getReadOnlyProperty();
    }
}
