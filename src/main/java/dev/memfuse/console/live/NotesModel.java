package dev.memfuse.console.live;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.console.chart.NoteActions;
import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.chart.data.Span;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.Notes;
import org.jspecify.annotations.Nullable;

/// The note of the user that is being written, changed or removed. FX thread only.
final class NotesModel implements NoteActions {

    /// What the user does with a note.
    enum Step {
        /// Nothing.
        CLOSED,
        /// Writes a new one.
        ADD,
        /// Changes one.
        CHANGE,
        /// Is asked whether one is to be removed.
        REMOVE
    }

    private final Notes notes;
    private final TimeWindow window;
    private final ReadOnlyBooleanProperty paused;
    private final Clock clock;
    private final Consumer<String> inform;
    private final ReadOnlyObjectWrapper<Step> step = new ReadOnlyObjectWrapper<>(this, "step", Step.CLOSED);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private Runnable changed = () -> {};
    private Instant moment = Instant.EPOCH;
    private @Nullable EventMark note;

    /// @param paused whether the charts stand still
    /// @param inform shows one sentence to the user
    NotesModel(Notes notes, TimeWindow window, ReadOnlyBooleanProperty paused, Clock clock,
            Consumer<String> inform) {
        this.notes = notes;
        this.window = window;
        this.paused = paused;
        this.clock = clock;
        this.inform = inform;
        text.addListener((_, _, _) -> problem.set(""));
    }

    /// Calls `action` after each change of the notes.
    void onChange(Runnable action) {
        changed = action;
    }

    @Override
    public void add(Instant at) {
        // Somebody who points at another place moves what is being written.
        String kept = step.get() == Step.ADD ? text.get() : "";
        open(Step.ADD, at, null, kept);
    }

    @Override
    public void addHere() {
        long cursor = window.cursorProperty().get();
        add(cursor == TimeWindow.NO_CURSOR
                ? clock.instant().truncatedTo(ChronoUnit.MILLIS)
                : Instant.ofEpochMilli(cursor));
    }

    @Override
    public void change(EventMark chosen) {
        open(Step.CHANGE, chosen.at(), chosen, chosen.text());
    }

    @Override
    public void remove(EventMark chosen) {
        open(Step.REMOVE, chosen.at(), chosen, chosen.text());
    }

    private void open(Step next, Instant at, @Nullable EventMark chosen, String written) {
        moment = at;
        note = chosen;
        text.set(written);
        problem.set("");
        String time = Formats.timeOfDay(at);
        title.set(next == Step.REMOVE
                ? "Remove the note of " + time + "? It cannot be brought back."
                : "Note of "
                        + time);
        step.set(next);
    }

    /// Keeps the text, or says why it cannot be kept.
    void keep() {
        Optional<String> wrong = Notes.problem(text.get());
        if (wrong.isPresent()) {
            problem.set(wrong.get());
            return;
        }
        EventMark before = note;
        Optional<EventMark> kept = before == null
                ? notes.add(moment, text.get(), clock.instant())
                : notes.change(before, text.get());
        if (kept.isEmpty()) {
            problem.set(before == null
                    ? "There are " + Notes.MOST + " notes, and no more are kept: remove one first."
                    : "This note was removed meanwhile.");
            return;
        }
        close();
        if (before == null && isOutside()) {
            inform.accept(
                    "The note is at " + Formats.timeOfDay(moment) + ", outside of the time that the charts show.");
        }
    }

    private boolean isOutside() {
        Span shown = window.span();
        boolean later = moment.toEpochMilli() > shown.to();
        return moment.toEpochMilli() < shown.from() || (later && (paused.get() || !window.following()));
    }

    /// Asks whether the note that is being changed is to be removed.
    void askToRemove() {
        if (note != null) {
            remove(note);
        }
    }

    /// Removes the note that was asked about.
    void confirmRemoval() {
        if (step.get() == Step.REMOVE && note != null) {
            notes.remove(note);
            close();
        }
    }

    /// Leaves everything as it is.
    void leave() {
        close();
    }

    private void close() {
        note = null;
        step.set(Step.CLOSED);
        text.set("");
        problem.set("");
        changed.run();
    }

    /// Returns what the user does.
    ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    /// Returns the moment of the note.
    Instant moment() {
        return moment;
    }

    /// Returns the heading of the note, or the question about it.
    ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// Returns the text that is being written.
    StringProperty textProperty() {
        return text;
    }

    /// Returns why the text cannot be kept; empty unless that was tried.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
