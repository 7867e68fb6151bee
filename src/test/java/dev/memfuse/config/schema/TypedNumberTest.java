package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import java.util.OptionalInt;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TypedNumberTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1,5", "1.234,5", "\u22125", "\u0661\u0662", "NaN", "Infinity", "10d", "1f",
            "0x10p1", "0x10", "1e999", "1_000", "1 000", "a\uD800", "."})
    void whatIsNoNumberIsNone(String typed) {
        assertEquals(OptionalDouble.empty(), TypedNumber.decimal(typed));
        assertEquals(OptionalInt.empty(), TypedNumber.whole(typed));
    }

    @Test
    void aTextOfAnyLengthIsNone() {
        String typed = "9".repeat(100_000);

        assertEquals(OptionalDouble.empty(), TypedNumber.decimal(typed));
        assertEquals(OptionalInt.empty(), TypedNumber.whole(typed));
        assertEquals(OptionalInt.empty(), TypedNumber.whole("2147483648"));
    }

    @Test
    void numbersAreReadWithTheBlanksAroundThem() {
        assertEquals(OptionalDouble.of(2.5), TypedNumber.decimal(" 2.5 "));
        assertEquals(OptionalDouble.of(0.5), TypedNumber.decimal(".5"));
        assertEquals(OptionalDouble.of(1_500), TypedNumber.decimal("1.5e3"));
        assertEquals(OptionalInt.of(12), TypedNumber.whole("12"));
        assertEquals(OptionalInt.of(-1), TypedNumber.whole("-1"));
    }
}
