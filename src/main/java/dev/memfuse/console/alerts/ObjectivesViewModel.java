package dev.memfuse.console.alerts;

import java.util.List;
import java.util.OptionalDouble;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.metrics.alert.AlertMetric;
import dev.memfuse.metrics.alert.AlertMetrics;
import dev.memfuse.metrics.alert.PerformanceMonitor;
import dev.memfuse.metrics.alert.ServiceLevel;
import dev.memfuse.metrics.alert.SloStatus;
import org.jspecify.annotations.Nullable;

/// View model of the objectives and of the form that adds or edits one. FX thread only; files are written off it.
final class ObjectivesViewModel implements RowEditing {
    private static final double PERCENT = 100;

    private final PerformanceMonitor monitor;
    private final PageTools tools;
    private final ObservableList<SloStatus> rows = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable SloStatus> selected = new SimpleObjectProperty<>();
    private final BooleanProperty editing = new SimpleBooleanProperty();
    private final ObjectProperty<AlertMetric> metric = new SimpleObjectProperty<>(AlertMetrics.list().getFirst());
    private final StringProperty limit = new SimpleStringProperty("");
    private final StringProperty target = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    /// Id of the objective in the form; empty for a new one.
    private String id = "";
    private boolean filling;

    ObjectivesViewModel(PerformanceMonitor monitor, PageTools tools) {
        this.monitor = monitor;
        this.tools = tools;
        // The problem of a value is one of the text that it was found in.
        limit.subscribe(() -> problem.set(""));
        target.subscribe(() -> problem.set(""));
        refresh();
    }

    /// Reads the state of the objectives; called once a second while the page is visible.
    void refresh() {
        List<SloStatus> now = monitor.objectives();
        if (!now.equals(List.copyOf(rows))) {
            SloStatus kept = selected.get();
            filling = true;
            rows.setAll(now);
            filling = false;
            selected.set(kept == null
                    ? null
                    : now.stream().filter(row -> row.objective().id().equals(kept.objective().id())).findFirst()
                            .orElse(null));
        }
    }

    /// Selects an objective of the table; null for none.
    void select(@Nullable SloStatus row) {
        if (!filling) {
            selected.set(row);
        }
    }

    @Override
    public void add() {
        fill("", AlertMetrics.find("list.p99").or(() -> AlertMetrics.find("add.p99")).orElseThrow(), "", "99");
    }

    @Override
    public void edit() {
        SloStatus row = selected.get();
        if (row != null) {
            ServiceLevel one = row.objective();
            fill(one.id(), one.resolved(), Numeric.print(one.limit()), Numeric.print(one.target() * PERCENT));
        }
    }

    private void fill(String nextId, AlertMetric nextMetric, String nextLimit, String nextTarget) {
        id = nextId;
        metric.set(nextMetric);
        limit.set(nextLimit);
        target.set(nextTarget);
        problem.set("");
        editing.set(true);
    }

    @Override
    public void cancel() {
        editing.set(false);
        problem.set("");
    }

    @Override
    public void save() {
        OptionalDouble typedLimit = Numeric.decimal(limit.get());
        OptionalDouble typedTarget = Numeric.decimal(target.get());
        if (typedLimit.isEmpty()) {
            problem.set("The limit is a number of 0 or more.");
        } else if (typedTarget.isEmpty() || typedTarget.getAsDouble() <= 0 || typedTarget.getAsDouble() >= PERCENT) {
            problem.set("The target is above 0 and below 100 %.");
        } else {
            ServiceLevel next = new ServiceLevel(id.isEmpty() ? freeId() : id, metric.get().id(),
                    typedLimit.getAsDouble(), typedTarget.getAsDouble() / PERCENT);
            change(() -> monitor.rules().change(now -> now.with(next)));
        }
    }

    private String freeId() {
        List<String> used = monitor.rules().content().objectives().stream().map(ServiceLevel::id).toList();
        int number = 1;
        while (used.contains("objective-" + number)) {
            number++;
        }
        return "objective-" + number;
    }

    @Override
    public void remove() {
        SloStatus row = selected.get();
        if (row != null) {
            change(() -> monitor.rules().change(now -> now.without(row.objective().id())));
        }
    }

    private void change(Runnable change) {
        tools.changes().call("change objectives", () -> {
            change.run();
            return true;
        }).onSuccess(_ -> {
            cancel();
            refresh();
        }).onFailure(failure -> problem.set(Sentences.of(failure))).start();
    }

    /// Returns the objectives with their state.
    ObservableList<SloStatus> rows() {
        return rows;
    }

    /// Returns the selected objective; null for none.
    ObjectProperty<@Nullable SloStatus> selectedProperty() {
        return selected;
    }

    /// Returns whether the form is open.
    BooleanProperty editingProperty() {
        return editing;
    }

    /// Returns the metric of the form.
    ObjectProperty<AlertMetric> metricProperty() {
        return metric;
    }

    /// Returns the limit as typed.
    StringProperty limitProperty() {
        return limit;
    }

    /// Returns the target in percent as typed.
    StringProperty targetProperty() {
        return target;
    }

    /// Returns what is wrong with the form; empty when nothing is.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
