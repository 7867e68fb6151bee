package dev.memfuse.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final MetricsHub hub = new MetricsHub(Clock.fixed(NOW, ZoneOffset.UTC));
    private final Notes notes = hub.notes();

    private EventMark add(int second, String text) {
        return notes.add(NOW.plusSeconds(second), text, NOW).orElseThrow();
    }

    private List<String> texts() {
        return hub.marks().stream().map(EventMark::text).toList();
    }

    @Test
    void notesStandAmongTheMarksByTheirTime() {
        hub.mark(EventMark.Kind.CHANGE, "change");
        add(5, "after");
        add(-5, "  before  ");

        assertEquals(List.of("before", "change", "after"), texts());
        assertEquals(EventMark.Kind.NOTE, hub.marks().getFirst().kind());
    }

    @Test
    void marksThatComeOftenPushNoNoteOut() {
        add(-60, "kept");
        for (int i = 0; i < 3_000; i++) {
            hub.mark(EventMark.Kind.ALERT, "alert " + i);
        }

        assertEquals(1_001, hub.marks().size());
        assertEquals("kept", hub.marks().getFirst().text());
    }

    @Test
    void aNoteIsChangedAndRemoved() {
        EventMark first = add(1, "one");
        add(2, "two");

        EventMark changed = notes.change(first, "more").orElseThrow();
        assertEquals(List.of("more", "two"), texts());
        assertEquals(Optional.empty(), notes.change(first, "late"), "the note of before is gone");
        notes.remove(changed);
        notes.remove(changed);

        assertEquals(List.of("two"), texts());
    }

    @Test
    void aNewNoteMakesRoomOnlyByOneThatNoChartShows() {
        for (int i = 0; i < Notes.MOST; i++) {
            add(i, "note " + i);
        }

        assertEquals(Optional.empty(), notes.add(NOW, "too many", NOW.plusSeconds(7_200)));
        assertTrue(notes.add(NOW.plusSeconds(7_201), "new", NOW.plusSeconds(7_201)).isPresent());
        assertEquals(Notes.MOST, notes.all().size());
        assertEquals("note 1", notes.all().getFirst().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u3000", "two\nlines", "tab\there", "nul\u0000", "next\u0085line",
            "line\u2028separator", "left\u202Eright", "half \uD83D", "\u2066isolated\u2069"})
    void aTextThatCannotBeShownAsOneLineIsRefusedWithASentence(String text) {
        assertTrue(Notes.problem(text).orElseThrow().endsWith("."), text);
        assertThrows(IllegalArgumentException.class, () -> add(0, text));
    }

    @Test
    void theLengthIsThatOfCharactersAndNotOfTheirHalves() {
        assertEquals(Optional.empty(), Notes.problem("😀".repeat(Notes.LONGEST)));
        assertEquals("The note has 121 characters and at most 120 are kept: shorten it.",
                Notes.problem("a".repeat(121)).orElseThrow());
        assertEquals(Optional.empty(), Notes.problem("नोट 👩‍🔬 — \"quoted\" <b>"));
    }
}
