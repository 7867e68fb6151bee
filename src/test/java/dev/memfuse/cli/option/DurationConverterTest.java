package dev.memfuse.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class DurationConverterTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
                           20s,    PT20S
                           2m,     PT2M
                           500ms,  PT0.5S
                           1.5s,   PT1.5S
                           1m30s,  PT1M30S
                           1h,     PT1H
                           7,      PT7S
                           0,      PT0S
                           """)
    void readsWhatPeopleWrite(String text, Duration expected) {
        assertEquals(expected, new DurationConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fast", "s", "20 s", "20x", "-5s", "1m30"})
    void refusesAnythingElse(String text) {
        assertThrows(TypeConversionException.class, () -> new DurationConverter().convert(text));
    }
}
