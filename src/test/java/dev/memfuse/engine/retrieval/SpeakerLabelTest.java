package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakerLabelTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                           Ada: I moved to Rome., ada
                           Mary Ann: Hello!, mary ann
                           O'Brien: Hello!, o brien
                           Zoë: Hello!, zoë
                           """)
    void aNameBeforeAColonIsALabel(String text, String label) {
        assertEquals(Optional.of(label), SpeakerLabel.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"I moved to Rome.", "http://example.org", "note: buy milk", "At 10:30 we left", "Ada:no",
            "This is what I want to say: no", ": empty"})
    void otherTextsHaveNone(String text) {
        assertEquals(Optional.empty(), SpeakerLabel.of(text));
    }

    @Test
    void aQuestionNamesALabelByWholeWords() {
        SpeakerLabel.Finder finder = new SpeakerLabel.Finder("What did ADA's sister and Mary Ann buy?");
        assertTrue(finder.names("ada"));
        assertTrue(finder.names("mary ann"));
        assertFalse(finder.names("mar"));
        assertFalse(finder.names("bob"));
    }

    @Test
    void theTraitsOfATextSurviveTheIndexFile() {
        IndexEntry entry = new IndexEntry(MemoryLayer.M0, UUID.randomUUID(),
                UUID.randomUUID(), 1, 2, List.of(), "Zoë: Did you go last week?");

        byte[] packed = IndexEntryCodec.pack(3, 4, entry);

        assertEquals(new TextTraits(true, true, Optional.of("zoë")),
                IndexEntryCodec.unpack(new BytesRef(packed)).traits());
    }
}
