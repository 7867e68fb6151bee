package dev.memfuse.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.memfuse.console.fx.Fonts;
import org.junit.jupiter.api.Test;

class StylesTest {
    private static final Pattern LITERAL = Pattern
            .compile(
                    "#[0-9a-fA-F]{3,8}\\b|\\b(rgba?|hsba?)\\(|(color|fill|stroke):\\s*(white|black|red|green|blue|gray|grey)\\b");

    @Test
    void literalColoursOccurInTokensAndAccentsAlone() throws IOException {
        assertEquals(List.of(), lines("styles", ".css", line -> LITERAL.matcher(line).find(), "tokens.css").stream()
                .filter(line -> !line.startsWith("styles/accent/")).toList());
    }

    @Test
    void noCodeSetsAnInlineStyle() throws IOException {
        assertEquals(List.of(),
                lines("src/main/java/dev/memfuse/console", ".java", line -> line.contains("setStyle("), ""));
    }

    @Test
    void everyRoleOfTheProgramIsDefinedInTokens() throws IOException {
        Pattern role = Pattern.compile("-mf-[a-z-]+");
        String tokens = Files.readString(Path.of("styles", "tokens.css"));
        List<String> used = role.matcher(Files.readString(Path.of("styles", "app.css"))).results()
                .map(match -> match.group()).distinct().toList();

        assertEquals(List.of(), used.stream().filter(name -> !tokens.contains(name + ":")).toList());
    }

    @Test
    void sizesOfTextAreThoseOfOneScale() throws IOException {
        assertEquals(List.of(), lines("styles", ".css",
                line -> line.contains("-fx-font-size") && !line.matches(".*: (11|12|13|15|20)px;"), ""));
    }

    @Test
    void textsAreInTheFontsOfTheProgram() throws IOException {
        assertEquals(List.of(), lines("styles", ".css", line -> line.contains("-fx-font-family")
                && !line.contains('"' + Fonts.TEXT + '"') && !line.contains('"' + Fonts.CODE + '"'), ""));
    }

    private static List<String> lines(String folder, String suffix, Predicate<String> bad, String except)
            throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(suffix) && !file.endsWith(except))
                    .flatMap(file -> read(file).stream().filter(bad).map(line -> file + ": " + line.strip())).toList();
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
