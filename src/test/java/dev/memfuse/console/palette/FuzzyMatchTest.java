package dev.memfuse.console.palette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzyMatchTest {
    private static int score(String query, String title, String detail) {
        return new FuzzyMatch(query).score(new PaletteItem("id", "Setting", title, detail, () -> {})).orElse(0);
    }

    @ParameterizedTest
    @CsvSource({"pool, Pool size, postgres.pool_size", "POOL SIZE, Pool size, ''", "size pool, Pool size, ''",
            "cmp, Compare, ''", "pool_size, Connections, postgres.pool_size", "sett, Connections, ''",
            "post size, Pool size, postgres.pool_size"})
    void matchesWordsInAnyOrderAndLettersOfTheTitle(String query, String title, String detail) {
        assertTrue(score(query, title, detail) > 0);
    }

    @ParameterizedTest
    @CsvSource({"xyz, Pool size", "pool xyz, Pool size", "pe, Pool size", "loop, Pool size"})
    void everyWordMustOccurAndLettersOfChanceDoNot(String query, String title) {
        assertEquals(0, score(query, title, ""));
    }

    @Test
    void theBeginningOfAWordIsBetterThanItsMiddleAndTheTitleBetterThanTheDetail() {
        assertTrue(score("pool", "Pool size", "") > score("pool", "Spooling", ""));
        assertTrue(score("pool", "Spooling", "") > score("pool", "Size", "postgres.pool"));
        assertTrue(score("pool", "Pool size", "") > score("pool", "Size of the pool", ""));
    }
}
