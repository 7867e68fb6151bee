package dev.memfuse.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.engine.exception.InvalidValueException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryFilterTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private static QueryFilter between(Instant from, Instant until) {
        return new QueryFilter(Set.of(), Set.of(), Optional.of(from), Optional.of(until), EnumSet.of(MemoryLayer.M0));
    }

    /// Also a difference that storage cannot keep.
    @ParameterizedTest
    @CsvSource({"2026-01-31T12:00:00Z, 2026-01-31T11:59:59Z", "2026-01-31T12:00:00.0000002Z, "
            + "2026-01-31T12:00:00.0000001Z", "+1000000000-12-31T23:59:59.999999999Z, -1000000000-01-01T00:00:00Z"})
    void aTimeThatEndsBeforeItBeginsIsRefused(Instant from, Instant until) {
        InvalidValueException refused = assertThrows(InvalidValueException.class, () -> between(from, until));

        assertEquals("until is " + until + ", before from, which is " + from + ". Exchange them, or leave one out.",
                refused.getMessage());
    }

    @Test
    void anEmptyTimeIsNoMistake() {
        assertDoesNotThrow(() -> between(NOON, NOON));
    }
}
