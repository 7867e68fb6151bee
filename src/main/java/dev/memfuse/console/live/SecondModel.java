package dev.memfuse.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;

import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskCoalescer;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.live.SpanTexts.Row;
import dev.memfuse.metrics.MetricsHistory;
import dev.memfuse.metrics.MetricsSlice;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.span.SpanComparison;
import dev.memfuse.metrics.span.SpanFigures;
import dev.memfuse.metrics.span.SpanFigures.Calls;
import dev.memfuse.metrics.span.SpanRow;
import dev.memfuse.metrics.span.SpanRow.Group;
import dev.memfuse.metrics.span.TimeSpan;
import org.jspecify.annotations.Nullable;

/// The figures of the second under the cross hair, or of the newest one without it. FX thread only; the figures are
/// computed off the FX thread, one second after the other, and only while they are shown.
final class SecondModel {
    /// A slice that is longer is one of ten seconds.
    private static final Duration SECOND = Duration.ofMillis(3_500);

    /// An operation of the second as text.
    ///
    /// @param slowest time of its slowest call in milliseconds
    record Slow(String operation, String calls, String median, String slowest) {}

    /// What is shown.
    ///
    /// @param title times of the second
    /// @param note what is missing or different; empty when nothing is
    /// @param slowest the operations, the one with the slowest call first
    /// @param groups stages, statements and the pool
    record Shown(String title, String note, List<Slow> slowest, Map<Group, List<Row>> groups) {
        static final Shown NONE = new Shown("", "", List.of(), Map.of());

        Shown {
            slowest = List.copyOf(slowest);
            groups = Map.copyOf(groups);
        }
    }

    private final MetricsHistory history;
    private final TimeWindow window;
    private final ReadOnlyBooleanProperty paused;
    private final BooleanSupplier running;
    private final TaskRunner tasks;
    private final BooleanProperty open = new SimpleBooleanProperty(this, "open");
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(this, "shown", Shown.NONE);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final TaskCoalescer computing = new TaskCoalescer();

    /// What is asked for.
    ///
    /// @param at a moment of the second; null for the newest one
    /// @param atEdge whether that is the end of what paused charts show
    private record Asked(@Nullable Instant at, boolean atEdge, boolean running) {}

    /// @param paused whether the charts stand still
    /// @param running returns whether the engine runs
    SecondModel(MetricsHistory history, TimeWindow window, ReadOnlyBooleanProperty paused, BooleanSupplier running,
            TaskRunner tasks) {
        this.history = history;
        this.window = window;
        this.paused = paused;
        this.running = running;
        this.tasks = tasks;
        window.cursorProperty().addListener((_, _, _) -> refresh());
        paused.addListener((_, _, _) -> refresh());
        open.addListener((_, _, _) -> refresh());
    }

    /// Computes the figures again, while they are shown.
    void refresh() {
        if (!open.get()) {
            return;
        }
        if (!computing.begin()) {
            return;
        }
        Asked asked = asked();
        tasks.call("compute the second", () -> of(history.all(), asked)).onSuccess(found -> {
            problem.set("");
            shown.set(found);
            finish();
        }).onFailure(e -> {
            problem.set("The figures could not be computed. " + Sentences.of(e));
            finish();
        }).start();
    }

    private void finish() {
        if (computing.end()) {
            refresh();
        }
    }

    private Asked asked() {
        long cursor = window.cursorProperty().get();
        if (cursor != TimeWindow.NO_CURSOR) {
            return new Asked(Instant.ofEpochMilli(cursor), false, running.getAsBoolean());
        }
        return paused.get()
                ? new Asked(Instant.ofEpochMilli(window.span().to()), true, running.getAsBoolean())
                : new Asked(null, false, running.getAsBoolean());
    }

    private static Shown of(List<MetricsSlice> slices, Asked asked) {
        Instant at = asked.at();
        Optional<MetricsSlice> found = at == null ? newest(slices) : around(slices, at);
        if (found.isEmpty()) {
            return new Shown(at == null ? "" : Formats.timeOfDay(at), slices.isEmpty()
                    ? "Nothing is measured yet."
                    : "Nothing was measured at this moment, or it is older than the two hours that are kept.",
                    List.of(), Map.of());
        }
        MetricsSlice slice = found.get();
        SpanFigures figures = SpanFigures.of(List.of(slice));
        boolean coarse = Duration.between(slice.from(), slice.to()).compareTo(SECOND) > 0;
        List<SpanRow> rows = new SpanComparison(new TimeSpan(slice.from(), slice.to()), figures,
                SpanFigures.of(List.of())).rows(Optional.empty());
        return new Shown(Formats.timeOfDay(slice.from()) + " to " + Formats.timeOfDay(slice.to()),
                note(figures, coarse, asked), slowest(figures),
                Map.of(Group.STAGES, rows(rows, Group.STAGES), Group.STATEMENTS, rows(rows, Group.STATEMENTS),
                        Group.POOL, rows(rows, Group.POOL)));
    }

    private static Optional<MetricsSlice> newest(List<MetricsSlice> slices) {
        return slices.isEmpty() ? Optional.empty() : Optional.of(slices.getLast());
    }

    /// Returns the slice of a moment; the newest one for a moment of the second that has not ended yet.
    private static Optional<MetricsSlice> around(List<MetricsSlice> slices, Instant at) {
        return slices.stream().filter(slice -> !at.isBefore(slice.from()) && at.isBefore(slice.to())).findFirst()
                .or(() -> newest(slices).filter(last -> !at.isBefore(last.to())
                        && Duration.between(last.to(), at).compareTo(SECOND) < 0));
    }

    private static String note(SpanFigures figures, boolean coarse, Asked asked) {
        List<String> sentences = new ArrayList<>();
        if (coarse) {
            sentences.add("Single seconds are kept for ten minutes: these are the ten seconds around this moment.");
        }
        if (asked.atEdge()) {
            sentences.add("The charts are paused: this is the newest second that they show.");
        }
        if (figures.operations().isEmpty()) {
            sentences.add(asked.at() == null && !asked.running()
                    ? "The engine is not running."
                    : "Nobody called the engine in this " + (coarse ? "time." : "second."));
        }
        return String.join(" ", sentences);
    }

    private static List<Slow> slowest(SpanFigures figures) {
        return figures.operations().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingDouble((Calls calls) -> calls.latency().percentiles().max()).reversed()))
                .filter(entry -> entry.getValue().latency().count() > 0)
                .map(entry -> slow(entry.getKey(), entry.getValue())).toList();
    }

    private static Slow slow(Operation operation, Calls calls) {
        return new Slow(operation.label(), Formats.count(calls.latency().count()),
                Formats.millis(calls.latency().percentiles().at(50)),
                Formats.millis(calls.latency().percentiles().max()));
    }

    private static List<Row> rows(List<SpanRow> rows, Group group) {
        return rows.stream().filter(row -> row.group() == group).map(SpanTexts::row).toList();
    }

    /// Returns whether the figures are shown.
    BooleanProperty openProperty() {
        return open;
    }

    /// Returns the figures.
    ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    /// Returns why the newest figures are missing; empty when they are not.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
