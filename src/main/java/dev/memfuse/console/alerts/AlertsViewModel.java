package dev.memfuse.console.alerts;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.metrics.alert.Alert;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import org.jspecify.annotations.Nullable;

/// View model of the alerts now and since the start. FX thread only.
final class AlertsViewModel {
    private final PerformanceMonitor monitor;
    private final Consumer<Instant> showMoment;
    private final ObservableList<Alert> alerts = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable Alert> selected = new SimpleObjectProperty<>();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    /// The table loses its selection while its rows are replaced.
    private boolean filling;

    /// @param showMoment shows the charts, or the log, at a moment
    AlertsViewModel(PerformanceMonitor monitor, Consumer<Instant> showMoment) {
        this.monitor = monitor;
        this.showMoment = showMoment;
        refresh();
    }

    /// Reads the alerts; called once a second while the page is visible.
    void refresh() {
        List<Alert> now = monitor.all();
        if (!now.equals(List.copyOf(alerts))) {
            Alert kept = selected.get();
            filling = true;
            alerts.setAll(now);
            filling = false;
            selected.set(kept == null
                    ? null
                    : now.stream().filter(alert -> isSame(alert, kept)).findFirst().orElse(null));
        }
        long active = now.stream().filter(Alert::active).count();
        long unseen = now.stream().filter(Alert::isNew).count();
        summary.set(now.isEmpty()
                ? "No alert since the start."
                : active == 0
                        ? "No alert now, " + now.size() + " since the start."
                        : active + (active == 1 ? " alert now, " : " alerts now, ") + unseen + " not acknowledged, "
                                + now.size() + " since the start.");
    }

    private static boolean isSame(Alert a, Alert b) {
        return a.rule().id().equals(b.rule().id()) && a.since().equals(b.since());
    }

    /// Selects an alert of the table; null for none.
    void select(@Nullable Alert alert) {
        if (!filling) {
            selected.set(alert);
        }
    }

    /// Marks the selected alert as seen.
    void acknowledge() {
        Alert alert = selected.get();
        if (alert != null) {
            monitor.acknowledge(alert);
            refresh();
        }
    }

    /// Marks all alerts as seen.
    void acknowledgeAll() {
        List.copyOf(alerts).forEach(monitor::acknowledge);
        refresh();
    }

    /// Shows the charts at the beginning of the selected alert.
    void showMoment() {
        Alert alert = selected.get();
        if (alert != null) {
            showMoment.accept(alert.since());
        }
    }

    /// Returns the active alerts, then the ended ones, newest first.
    ObservableList<Alert> alerts() {
        return alerts;
    }

    /// Returns the selected alert; null for none.
    ObjectProperty<@Nullable Alert> selectedProperty() {
        return selected;
    }

    /// Returns the numbers of alerts as a sentence.
    ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }
}
