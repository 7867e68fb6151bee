package dev.memfuse.engine.memory.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.memfuse.engine.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that repeat one part, longer than the beginning of a message that is read. Each could make an expression repeat
/// without end, or exhaust its stack.
class LongTextTest {
    private static final EnglishText ENGLISH = new EnglishText();
    private static final int LENGTH = 60_000;

    @ParameterizedTest
    @ValueSource(
            strings = {"so, ", "haha ", "wow ", "sorry, no, ", "I ", "my my ", "and I ", "I live in I live in ", "A",
                    "Anna from the x ", "I'm a b-", "I have no ", "(", "\"", "I like a, b and ", "1.1",
                    "I really really ", "maybe ",
                    "\u79c1\u306f", "today, ", "I don't not ", "the ", "\ud83d\ude00"})
    void aLongTextOfOnePartIsReadInTime(String part) {
        String text = part.repeat(LENGTH / part.length());

        assertTimeout(Duration.ofSeconds(10), () -> {
            List<Statement> statements = new StatementReader(ENGLISH).read(text, Instant.EPOCH, Role.USER);
            assertTrue(statements.size() <= 50, statements.size() + " statements");
            new TellingSentences(ENGLISH).of(List.of(text, "I live in Oslo."), 60);
            assertEquals(1, Secrets.masked(List.of(text)).size());
        });
    }
}
