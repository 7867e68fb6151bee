package dev.memfuse.lab.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepValuesTest {
    @Test
    void valuesAreReadWithTheirUnits() {
        assertEquals(List.of(1.0, 2.0, 4.0), SweepValues.parse("1, 2 ms, 4ms"));
        assertEquals(List.of(0.5, 1.0, 2.0), SweepValues.parse("0.5..2"));
        assertEquals(List.of(10.0, 20.0, 30.0), SweepValues.parse("10..30:10"));
    }

    /// Java's own parser takes some of them.
    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "0x10p1", "1,0x1p3", "NaN", "1,Infinity", "1_000", "\u0661\u0662", "1e999",
            "0x1p1..0x1p4"})
    void whatNobodyMeansIsNoListOfValues(String text) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> SweepValues.parse(text));

        assertTrue(String.valueOf(refused.getMessage()).contains("write for instance"), refused.getMessage());
    }
}
