package dev.memfuse.lab.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Goals are read as a person writes them, and refused with a sentence that says how to write them.
class GoalTest {

    @Test
    void aGoalHasAnObjectiveAndConditions() {
        Goal goal = Goal.parse("minimise query.p99 subject to throughput >= 500/s and recall >= 0.95 of start");

        assertEquals("query.p99", goal.objective().name());
        assertTrue(goal.minimise());
        assertEquals(List.of("throughput >= 500/s", "recall >= 0.95 of start"),
                goal.constraints().stream().map(Constraint::text).toList());
        assertEquals(500, goal.throughputNeeded());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "minimise add.p50 subject to add.p99 <= 20 ms       | add.p99 <= 20.0 ms",
            "minimize add.p50 subject to add.p99 < 0.02s        | add.p99 <= 20.0 ms",
            "MINIMISE add.p50 SUBJECT TO query.p95 ≤ 500us      | query.p95 <= 0.50 ms",
            "maximise throughput subject to recall >= 90 %      | recall >= 0.90",
            "minimise processor subject to throughput>=95% of start | throughput >= 0.95 of start",
            "minimise wal subject to query.p50 <= 1.1 of the start | query.p50 <= 1.10 of start"})
    void conditionsAreReadWithTheirUnits(String text, String condition) {
        assertEquals(condition, Goal.parse(text).constraints().getFirst().text());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "''                                   | is no goal",
            "query.p99                            | is no goal",
            "faster query.p99                     | begins with \"faster\"",
            "minimise query.p98                   | is no metric; there are",
            "minimise throughput                  | asks for a worse throughput; write maximise throughput",
            "maximise add.p50                     | asks for a worse add.p50; write minimise add.p50",
            "maximise recall                      | recall can be a condition",
            "minimise add.p50 subject to          | is no goal",
            "minimise add.p50 subject to fast     | which cannot be read",
            "minimise add.p50 subject to add.p95 <= 20 /s | a time is in us, ms or s",
            "minimise add.p50 subject to throughput >= 5 ms | throughput is in /s",
            "minimise add.p50 subject to throughput >= 1e999/s | is no number",
            "minimise add.p50 subject to throughput >= -5/s | is no number",
            "minimise add.p50 subject to recall >= 95 | limits recall beyond 1",
            "minimise add.p50 subject to recall >= 0.9 ms of start | write a share such as 0.95"})
    void whatIsNoGoalIsRefusedWithASentence(String text, String sentence) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> Goal.parse(text)).getMessage());

        assertTrue(message.contains(sentence), message);
        assertTrue(message.startsWith("\"" + text + "\"") && message.endsWith("."), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "ar-EG", "de"})
    void theLocaleDoesNotMatter(String tag) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            assertEquals("list.p50", Goal.parse("MINIMISE LIST.P50 SUBJECT TO RECALL >= 0.5").objective().name());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aConditionIsBrokenInItsDirectionOnly() {
        Constraint atLeast = Goal.parse("minimise add.p50 subject to throughput >= 100/s").constraints().getFirst();
        Constraint relative = Goal.parse("minimise add.p50 subject to add.p95 <= 1.5 of start").constraints()
                .getFirst();

        assertEquals(0.1, atLeast.violation(90, 1), 1e-9);
        assertTrue(atLeast.violation(110, 1) < 0);
        assertTrue(relative.violation(16, 10) > 0);
        assertFalse(relative.violation(14, 10) > 0);
        assertEquals(Double.POSITIVE_INFINITY, atLeast.violation(Double.NaN, 1));
    }

    @Test
    void aGoalOfAnyLengthIsRefusedAtOnceAndNotRepeated() {
        for (String typed : List.of("x".repeat(100_000),
                "minimise add.p99 subject to x" + " ".repeat(100_000) + "y")) {
            String sentence = String.valueOf(
                    assertThrows(IllegalArgumentException.class, () -> Goal.parse(typed)).getMessage());

            assertTrue(sentence.contains("at most 2,000 are allowed") && sentence.length() < 400, sentence);
        }
    }
}
