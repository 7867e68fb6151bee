package dev.memfuse.console.alerts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumericTest {
    /// Java's own parser takes some of them, so that a limit would be another one than was meant.
    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1,5", "0x10p1", "10d", "NaN", "Infinity", "\u0661"})
    void whatIsNoLimitIsNone(String typed) {
        assertEquals(OptionalDouble.empty(), Numeric.decimal(typed));
        assertEquals(OptionalInt.empty(), Numeric.whole(typed, 3_600));
    }

    @Test
    void numbersWithinTheirRangeAreRead() {
        assertEquals(OptionalDouble.of(0), Numeric.decimal("0"));
        assertEquals(OptionalDouble.of(99.9), Numeric.decimal(" 99.9 "));
        assertEquals(OptionalInt.of(3_600), Numeric.whole("3600", 3_600));
        assertEquals(OptionalInt.empty(), Numeric.whole("3601", 3_600));
        assertEquals(OptionalInt.empty(), Numeric.whole("0", 3_600));
    }
}
