package dev.memfuse.console.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkTextTest {

    @Test
    void aTextIsCutBetweenCharactersAndNotWithinOne() {
        assertEquals("😀".repeat(24), MarkText.cut("😀".repeat(24), 24));
        assertEquals("😀".repeat(23) + "…", MarkText.cut("😀".repeat(25), 24));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        buffer.bypass_mode: false → true                          | bypass on
                        buffer.bypass_mode: true → false                          | bypass off
                        layers.m1.enabled: false → true                           | m1 on
                        postgres.pool_size: 20 → 30                               | pool size 30
                        buffer.bypass_mode: false → true, postgres.pool_size: 5 → 9 | bypass on +1
                        a.b: 1 → 2, a.c: 1 → 2, a.d: 1 → 2 and 4 more              | b 2 +6
                        Load 1 starts: mixed, 64 users                            | Load 1 starts: mixed, 64 users
                        """)
    void namesTheFirstChangeAndCountsTheOthers(String text, String expected) {
        assertEquals(expected, MarkText.shortOf(text));
    }
}
