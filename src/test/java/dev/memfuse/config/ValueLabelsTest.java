package dev.memfuse.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class ValueLabelsTest {
    @Test
    void aDangerousValueSaysSoWhereverAChangeIsShown() {
        ConfigChange change = new ConfigChange("buffer.durability", "journal", "memory");

        assertEquals("buffer.durability: journal → memory (unsafe: lost when the program dies)", change.toString());
    }

    @Test
    void otherValuesStayAsTheyAre() {
        assertEquals("database", ValueLabels.of("buffer.durability", "database"));
        assertEquals("memory", ValueLabels.of("buffer.round_buffer.token_model", "memory"));
    }
}
