package dev.memfuse.load.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

final class SizedMessagesTest {
    private static final Corpus NATURAL = GeneratedCorpus.of(42, 3);

    private static List<String> texts(Corpus corpus) {
        return corpus.conversations().stream().flatMap(conversation -> conversation.sessions().stream())
                .flatMap(session -> session.turns().stream()).map(CorpusSession.Turn::text).toList();
    }

    @Test
    void messagesHaveTheLengthsThatWereAskedFor() {
        List<String> texts = texts(SizedMessages.of(NATURAL, 42, 1_000, 2_000));

        assertTrue(texts.stream().allMatch(text -> text.length() >= 999 && text.length() <= 2_000));
        assertEquals(1_500, texts.stream().mapToInt(String::length).average().orElseThrow(), 50);
    }

    @Test
    void whatAMessageSaysIsKeptWhole() {
        List<String> natural = texts(NATURAL);
        List<String> sized = texts(SizedMessages.of(NATURAL, 42, 1, 300));

        for (int i = 0; i < natural.size(); i++) {
            assertTrue(sized.get(i).startsWith(natural.get(i).strip()), sized.get(i));
        }
    }

    @Test
    void theSameSeedGivesTheSameTexts() {
        assertEquals(SizedMessages.of(NATURAL, 42, 10, 900), SizedMessages.of(NATURAL, 42, 10, 900));
        assertEquals(NATURAL.conversations().getFirst().questions(),
                SizedMessages.of(NATURAL, 42, 10, 900).conversations().getFirst().questions());
    }
}
