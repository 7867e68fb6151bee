package dev.memfuse.console.memory.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;

import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.exception.InvalidValueException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AskFormTest {
    private final AskForm form = new AskForm();

    @BeforeEach
    void ask() {
        form.text.set("Where does she live?");
    }

    private String refusal() {
        return String.valueOf(assertThrows(InvalidValueException.class, () -> form.request(Optional.empty()))
                .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\u22125", "1,5", "1.234", "1e3", "NaN", "10d", "0x10", "\u0661\u0662", "2147483648",
            "99999999999999999999", "a\uD800"})
    void whatIsNoNumberOfHitsOrTokensIsNamedWithItsRange(String typed) {
        form.topK.set(typed);
        assertEquals("Hits is " + typed + ". Type a whole number from 0 to 1,000.", refusal());
        form.topK.set("");
        form.maxTokens.set(typed);
        assertEquals("Tokens is " + typed + ". Type a whole number from 0 to 2,147,483,647.", refusal());
    }

    @Test
    void aLongTextIsNotRepeatedInFull() {
        form.topK.set("9".repeat(100_000));
        assertTrue(refusal().length() < 200, refusal());
        form.topK.set("");
        form.from.set("2026-".repeat(20_000));
        assertTrue(refusal().length() < 300, refusal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"26.11.2026", "2026-13-01", "\u0662\u0660\u0662\u0666-01-01", "+999999999999-01-01",
            "2026-11-26T25:00", "Z"})
    void whatIsNoTimeIsNamedWithAnExample(String typed) {
        form.until.set(typed);

        assertTrue(refusal().startsWith("Until is " + typed + ". Type a date such as 2026-11-26"), refusal());
    }

    @Test
    void theFieldsMakeTheRequest() {
        form.topK.set(" 12 ");
        form.from.set("2026-11-26T10:15");

        QueryRequest request = form.request(Optional.empty());

        assertEquals(12, request.topK());
        assertEquals(Optional.of(Instant.parse("2026-11-26T10:15:00Z")), request.filter().from());
    }
}
