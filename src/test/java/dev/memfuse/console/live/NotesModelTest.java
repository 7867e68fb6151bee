package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import javafx.beans.property.SimpleBooleanProperty;

import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.live.NotesModel.Step;
import dev.memfuse.metrics.EventMark;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Notes;
import org.junit.jupiter.api.Test;

class NotesModelTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:10:00Z");

    private final Notes notes = new MetricsHub(Clock.fixed(NOW, ZoneOffset.UTC)).notes();
    private final TimeWindow window = new TimeWindow(Duration.ofMinutes(2), NOW.toEpochMilli());
    private final SimpleBooleanProperty paused = new SimpleBooleanProperty();
    private final List<String> informed = new ArrayList<>();
    private final NotesModel model = new NotesModel(notes, window, paused, Clock.fixed(NOW, ZoneOffset.UTC),
            informed::add);
    private int changes;

    private void write(String text) {
        model.textProperty().set(text);
        model.keep();
    }

    private EventMark noted(Instant at, String text) {
        return notes.add(at, text, NOW).orElseThrow();
    }

    private static EventMark note(Instant at, String text) {
        return new EventMark(at, EventMark.Kind.NOTE, text);
    }

    @Test
    void aNoteIsWrittenForTheMomentThatWasPointedAt() {
        model.onChange(() -> changes++);
        model.add(NOW.minusSeconds(30));
        assertEquals(Step.ADD, model.stepProperty().get());
        assertTrue(model.titleProperty().get().startsWith("Note of "), model.titleProperty().get());

        write(" deployed ");

        assertEquals(List.of(note(NOW.minusSeconds(30), "deployed")), notes.all());
        assertEquals(Step.CLOSED, model.stepProperty().get());
        assertEquals(1, changes, "the charts show it at once");
        assertEquals(List.of(), informed);
    }

    @Test
    void withoutAPointerItIsOfTheCrossHairAndElseOfNow() {
        window.cursor(NOW.minusSeconds(7).toEpochMilli());
        model.addHere();
        write("at the cross hair");
        window.cursor(TimeWindow.NO_CURSOR);
        model.addHere();
        write("now");

        assertEquals(List.of(note(NOW.minusSeconds(7), "at the cross hair"), note(NOW, "now")), notes.all());
    }

    @Test
    void aTextThatCannotBeKeptStaysWithTheReasonUntilItIsChanged() {
        model.add(NOW);
        write("  ");
        assertEquals("The note has no text: write what happened.", model.problemProperty().get());
        write("a".repeat(121));
        assertTrue(model.problemProperty().get().contains("at most 120"), model.problemProperty().get());
        write("one\u2028two");
        assertTrue(model.problemProperty().get().contains("control character"), model.problemProperty().get());
        assertEquals(List.of(), notes.all());
        assertEquals("one\u2028two", model.textProperty().get());

        model.textProperty().set("one");
        assertEquals("", model.problemProperty().get());
        model.keep();
        assertEquals(List.of(note(NOW, "one")), notes.all());
    }

    @Test
    void leavingKeepsNothingAndTheNextNoteIsEmpty() {
        model.add(NOW);
        model.textProperty().set("draft");
        model.leave();
        assertEquals(Step.CLOSED, model.stepProperty().get());

        model.add(NOW);
        assertEquals("", model.textProperty().get());
        assertEquals(List.of(), notes.all());
    }

    @Test
    void pointingAtAnotherPlaceMovesWhatIsBeingWritten() {
        model.add(NOW.minusSeconds(30));
        model.textProperty().set("draft");
        model.add(NOW.minusSeconds(20));
        model.keep();

        assertEquals(List.of(note(NOW.minusSeconds(20), "draft")), notes.all());
    }

    @Test
    void aNoteIsChangedWhereItIs() {
        EventMark before = noted(NOW.minusSeconds(5), "before");
        model.change(before);
        assertEquals("before", model.textProperty().get());

        write("after");

        assertEquals(List.of(note(NOW.minusSeconds(5), "after")), notes.all());
    }

    @Test
    void aNewNoteAfterTheChangeOfOneTakesNothingOfIt() {
        model.change(noted(NOW.minusSeconds(5), "before"));
        model.add(NOW);

        assertEquals("", model.textProperty().get());
        write("new");
        assertEquals(2, notes.all().size());
    }

    @Test
    void removingIsAskedFirst() {
        EventMark kept = noted(NOW.minusSeconds(9), "kept");
        EventMark gone = noted(NOW.minusSeconds(5), "gone");
        model.confirmRemoval();
        model.remove(kept);
        assertTrue(model.titleProperty().get().startsWith("Remove the note of "), model.titleProperty().get());
        model.leave();
        assertEquals(2, notes.all().size());

        model.change(gone);
        model.confirmRemoval();
        assertEquals(2, notes.all().size(), "nothing was asked");
        model.askToRemove();
        model.confirmRemoval();

        assertEquals(List.of(kept), notes.all());
        assertEquals(Step.CLOSED, model.stepProperty().get());
    }

    @Test
    void aNoteThatIsGoneMeanwhileIsSaid() {
        EventMark note = noted(NOW, "note");
        model.change(note);
        notes.remove(note);
        write("other");

        assertEquals("This note was removed meanwhile.", model.problemProperty().get());
        assertEquals(List.of(), notes.all());
    }

    @Test
    void aListThatIsFullRefusesAnotherNoteWithASentence() {
        for (int i = 0; i < Notes.MOST; i++) {
            noted(NOW, "note " + i);
        }
        model.add(NOW);
        write("too many");

        assertEquals("There are 200 notes, and no more are kept: remove one first.", model.problemProperty().get());
        assertEquals("too many", model.textProperty().get());
    }

    @Test
    void aNoteOutsideOfTheShownTimeIsSaid() {
        window.zoom(NOW.minusSeconds(90).toEpochMilli(), NOW.minusSeconds(60).toEpochMilli());
        model.addHere();
        write("later than what is shown");
        assertEquals(1, informed.size());
        assertTrue(informed.getFirst().endsWith("outside of the time that the charts show."), informed.getFirst());

        window.reset();
        model.add(NOW.plusMillis(400));
        write("the next sample shows it");
        assertEquals(1, informed.size());
        paused.set(true);
        model.add(NOW.plusMillis(400));
        write("after the pause");
        assertEquals(2, informed.size());
    }
}
