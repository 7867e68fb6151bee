package dev.memfuse.console.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskCoalescer;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.live.SpanTexts.Block;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSlice;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.span.MarkSpans;
import dev.memfuse.metrics.span.SpanComparison;
import dev.memfuse.metrics.span.SpanFigures;
import dev.memfuse.metrics.span.SpanRow;
import dev.memfuse.metrics.span.SpanRow.Group;
import dev.memfuse.metrics.span.TimeSpan;
import org.jspecify.annotations.Nullable;

/// The figures of the selected span beside those of the span before it. FX thread only; the figures are computed off
/// the FX thread, one selection after the other.
final class SpanModel {
    /// Share of a span that must be measured so that nothing has to be said.
    private static final double MEASURED = 0.9;

    private final MetricsHub hub;
    private final TimeWindow window;
    private final TaskRunner tasks;
    private final Function<TimeSpan, Manifest> observe;
    private final Consumer<String> inform;
    private final Consumer<String> warn;
    private final ObjectProperty<Optional<Operation>> operation = new SimpleObjectProperty<>(this, "operation",
            Optional.empty());
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final ReadOnlyStringWrapper beside = new ReadOnlyStringWrapper(this, "beside", "");
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper(this, "note", "");
    private final ReadOnlyObjectWrapper<List<Block>> blocks = new ReadOnlyObjectWrapper<>(this, "blocks", List.of());
    private @Nullable SpanComparison shown;
    private final TaskCoalescer computing = new TaskCoalescer();
    private final ReadOnlyBooleanWrapper recording = new ReadOnlyBooleanWrapper(this, "recording");

    /// @param observe records a span; blocks
    /// @param inform shows one sentence to the user
    /// @param warn shows one sentence about a failure
    SpanModel(MetricsHub hub, TimeWindow window, TaskRunner tasks, Function<TimeSpan, Manifest> observe,
            Consumer<String> inform, Consumer<String> warn) {
        this.hub = hub;
        this.window = window;
        this.tasks = tasks;
        this.observe = observe;
        this.inform = inform;
        this.warn = warn;
        window.selectionProperty().addListener((_, _, _) -> compute());
        operation.addListener((_, _, _) -> show());
    }

    /// Computes the figures again when the selection has grown into the time since: its end may lie in the future.
    void refresh() {
        Span selected = window.selectionProperty().get();
        SpanComparison before = shown;
        if (selected != null && before != null && last().isPresent()
                && selected.to() > last().get().toEpochMilli() - Duration.ofSeconds(2).toMillis()) {
            compute();
        }
    }

    private void compute() {
        Span selected = window.selectionProperty().get();
        if (selected == null) {
            shown = null;
            title.set("");
            beside.set("");
            note.set("");
            blocks.set(List.of());
            return;
        }
        if (!computing.begin()) {
            return;
        }
        TimeSpan span = new TimeSpan(Instant.ofEpochMilli(selected.from()), Instant.ofEpochMilli(selected.to()));
        tasks.call("compute the span", () -> SpanComparison.of(hub.slices(), span)).onSuccess(found -> {
            if (window.selectionProperty().get() != null) {
                shown = found;
                show();
            }
            continueIfChanged();
        }).onFailure(e -> {
            note.set("The figures could not be computed. " + Sentences.of(e));
            continueIfChanged();
        }).start();
    }

    private void continueIfChanged() {
        if (computing.end()) {
            compute();
        }
    }

    private void show() {
        SpanComparison found = shown;
        if (found == null) {
            return;
        }
        TimeSpan before = found.span().before();
        title.set(clock(found.span()) + ", " + Formats.duration(found.span().length()));
        beside.set("Before: " + clock(before));
        note.set(noteOf(found));
        List<SpanRow> rows = found.rows(operation.get());
        List<Block> next = new ArrayList<>();
        for (Group group : Group.values()) {
            next.add(new Block(title(group),
                    rows.stream().filter(row -> row.group() == group).map(SpanTexts::row).toList()));
        }
        blocks.set(next);
    }

    private String title(Group group) {
        return switch (group) {
            case CALLS -> operation.get().map(Operation::label).map("Calls of "::concat).orElse("Calls");
            case STAGES -> "Stages, ms/call";
            case STATEMENTS -> "Statements";
            case POOL -> "Connection pool";
        };
    }

    private static String clock(TimeSpan span) {
        return Formats.timeOfDay(span.from()) + " to " + Formats.timeOfDay(span.to());
    }

    private static String noteOf(SpanComparison found) {
        double seconds = found.span().length().toMillis() / 1e3;
        if (!found.selected().measured()) {
            return "Nothing was measured in this span. Select a part of the last two hours in which the program ran.";
        }
        List<String> sentences = new ArrayList<>();
        if (isShort(found.selected(), seconds)) {
            sentences.add("Only " + Formats.duration(time(found.selected())) + " of the span were measured.");
        }
        if (!found.before().measured()) {
            sentences.add("Nothing was measured in the span before.");
        } else if (isShort(found.before(), seconds)) {
            sentences.add("Only " + Formats.duration(time(found.before())) + " of the span before were measured.");
        }
        return String.join(" ", sentences);
    }

    private static boolean isShort(SpanFigures figures, double seconds) {
        // Slices are as long as a second: a short span has one more or less.
        return figures.seconds() < Math.min(seconds * MEASURED, seconds - 1);
    }

    private static Duration time(SpanFigures figures) {
        return Duration.ofMillis(Math.round(figures.seconds() * 1e3));
    }

    private Optional<Instant> last() {
        return hub.latest().map(snapshot -> snapshot.at());
    }

    private Optional<Instant> first() {
        List<MetricsSlice> slices = hub.slices().all();
        return slices.isEmpty() ? Optional.empty() : Optional.of(slices.getFirst().from());
    }

    /// Selects the span after the mark nearest to a moment, beside the one before it.
    void beforeAndAfter(Instant moment) {
        List<EventMark> marks = hub.marks();
        beforeAndAfter(marks, marks.stream().min((one, other) -> Duration.between(one.at(), moment).abs()
                .compareTo(Duration.between(other.at(), moment).abs())),
                "There is no mark yet: change a setting or start a load.");
    }

    /// Selects the span after the newest change of a setting, beside the one before it: a load may have ended and
    /// alerts may have been raised since.
    void beforeAndAfterChange() {
        List<EventMark> marks = hub.marks();
        beforeAndAfter(marks, marks.stream().filter(mark -> mark.kind() == EventMark.Kind.CHANGE)
                .max(Comparator.comparing(EventMark::at)), "No setting was changed yet.");
    }

    private void beforeAndAfter(List<EventMark> marks, Optional<EventMark> mark, String otherwise) {
        if (mark.isEmpty()) {
            inform.accept(otherwise);
            return;
        }
        Instant at = mark.get().at();
        select(first().flatMap(begin -> last().flatMap(end -> MarkSpans.after(at, marks, begin, end))),
                "Less than two seconds were measured before or after the mark of " + Formats.timeOfDay(at) + ".");
    }

    /// Shows the calls that add messages alone.
    void showAdds() {
        operation.set(Optional.of(Operation.ADD));
    }

    /// Selects the span between the marks around a moment.
    void fromMarkToMark(Instant moment) {
        select(first().flatMap(
                begin -> last().flatMap(end -> MarkSpans.between(moment, hub.marks(), begin, end))),
                "Nothing was measured at " + Formats.timeOfDay(moment) + ".");
    }

    private void select(Optional<TimeSpan> span, String otherwise) {
        span.ifPresentOrElse(found -> window.select(found.from().toEpochMilli(), found.to().toEpochMilli()),
                () -> inform.accept(otherwise));
    }

    /// Selects the visible time.
    void selectWindow() {
        window.select(window.span().from(), window.span().to());
    }

    /// Records the selected time, or the visible one when none is selected, and says how that ended.
    void record() {
        if (recording.get()) {
            return;
        }
        Span selected = window.selectionProperty().get();
        Span span = selected == null ? window.span() : selected;
        recording.set(true);
        tasks.call("record a span", () -> observe
                .apply(new TimeSpan(Instant.ofEpochMilli(span.from()), Instant.ofEpochMilli(span.to()))))
                .onSuccess(manifest -> {
                    recording.set(false);
                    inform.accept(
                            "Recorded as " + manifest.id() + ": " + manifest.sentence() + " The History page has it, "
                                    + "and it can be a baseline.");
                }).onFailure(failure -> {
                    recording.set(false);
                    warn.accept("The span was not recorded. " + Sentences.of(failure));
                }).start();
    }

    /// Returns whether a span is being recorded.
    ReadOnlyBooleanProperty recordingProperty() {
        return recording.getReadOnlyProperty();
    }

    /// Shows the selection alone in the charts.
    void zoom() {
        window.zoomToSelection();
    }

    void clear() {
        window.clearSelection();
    }

    /// Returns the figures as lines with tabs between the columns, with a header.
    String table() {
        List<String> lines = new ArrayList<>(
                List.of(title.get() + ". " + beside.get(), "figure\tselected\tbefore\tchange"));
        blocks.get().forEach(block -> block.rows().forEach(row -> lines.add(String.join("\t",
                block.title() + ": " + row.name(), row.selected(), row.before(), row.change()))));
        return String.join("\n", lines);
    }

    /// Returns the operation whose calls are shown; empty for all operations of callers.
    ObjectProperty<Optional<Operation>> operationProperty() {
        return operation;
    }

    /// Returns the selected span; null without one.
    ReadOnlyObjectProperty<@Nullable Span> selectionProperty() {
        return window.selectionProperty();
    }

    /// Returns the times of the selected span and its length.
    ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// Returns the times of the span before.
    ReadOnlyStringProperty besideProperty() {
        return beside.getReadOnlyProperty();
    }

    /// Returns what is missing in the figures; empty when nothing is.
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /// Returns the figures; empty without a selection and until they are computed.
    ReadOnlyObjectProperty<List<Block>> blocksProperty() {
        return blocks.getReadOnlyProperty();
    }
}
