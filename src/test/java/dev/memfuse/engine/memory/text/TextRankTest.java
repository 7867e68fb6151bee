package dev.memfuse.engine.memory.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class TextRankTest {
    private static final EnglishText ENGLISH = new EnglishText();

    private static List<String> central(String text, int limit) {
        return TextRank.central(ENGLISH.read(text), limit).stream().map(Sentence::text).toList();
    }

    @Test
    void prefersSentencesThatShareWords() {
        String text = "The weather was fine. Anna bought a boat in Porto. The boat needs a new sail. "
                + "Anna will repair the sail of the boat in Porto.";

        assertEquals(List.of("Anna will repair the sail of the boat in Porto."), central(text, 1));
        assertEquals(
                List.of("Anna bought a boat in Porto.", "Anna will repair the sail of the boat in Porto."),
                central(text, 2));
    }

    @Test
    void keepsTheOrderOfTheText() {
        assertEquals(List.of("One boat.", "Two boats."), central("One boat. Two boats.", 5));
        assertEquals(List.of(), central("", 3));
    }
}
