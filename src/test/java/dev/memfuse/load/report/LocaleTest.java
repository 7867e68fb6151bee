package dev.memfuse.load.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.memfuse.TestLocales;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Reports, JSON, charts, tables and configuration files are the same, byte by byte, in every locale.
final class LocaleTest {
    @TempDir
    private static Path english = Path.of("");
    private static Map<String, String> expected = Map.of();

    @BeforeAll
    static void writeInEnglish() throws IOException, InterruptedException {
        expected = LocaleChild.files(List.of("-Duser.language=en", "-Duser.country=US"), english);
    }

    static Stream<List<String>> locales() {
        return TestLocales.OPTIONS.stream();
    }

    @ParameterizedTest
    @MethodSource("locales")
    void writesTheSameFilesInEveryLocale(List<String> options, @TempDir Path folder) throws Exception {
        Map<String, String> files = LocaleChild.files(options, folder);

        assertEquals(expected.keySet(), files.keySet());
        expected.forEach((name, text) -> assertEquals(text, files.get(name), name));
    }
}
