package dev.memfuse.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.ConfigProblem.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A text that is no configuration is refused by a [ConfigException] with a place, never by another exception.
final class MalformedConfigTest {
    private static final String GOOD = """
                                       postgres:
                                         pool_size: 5
                                         url: "jdbc:postgresql://localhost/x"
                                       buffer:
                                         bypass_mode: true # comment
                                         journal: {max_age: 60}
                                       """;

    private final ConfigLoader loader = new ConfigLoader();

    private ConfigException refused(String text) {
        return assertThrows(ConfigException.class, () -> loader.load("x.yaml", text));
    }

    private Position position(String text) {
        return refused(text).problems().getFirst().position().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 5_000, 100_000})
    void deepNestingHasAPlace(int depth) {
        assertEquals(2, position("postgres:\n  pool_size: " + "[".repeat(depth) + "]".repeat(depth)).line());
        assertEquals(2, position("postgres:\n  pool_size: " + "{a: ".repeat(depth) + "}".repeat(depth)).line());
    }

    @Test
    void controlCharactersHaveTheirOwnPlace() {
        assertEquals(new Position("x.yaml", 3, 5), position("a: 1\nb: 2\nc: \"\0\""));
        assertEquals(new Position("x.yaml", 2, 4), position("a: 😀😀\nb: \u0007"));
        assertEquals(new Position("x.yaml", 1, 4), position("a: \uFFFE"));
    }

    @Test
    void aByteThatIsNotUtf8HasAPlace(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("x.yaml"), "postgres:\n  url: \"\u00fc\"".getBytes(
                StandardCharsets.ISO_8859_1));

        ConfigException refused = assertThrows(ConfigException.class, () -> loader.load(file));

        assertEquals(file + ":2:9: a byte that is not UTF-8", refused.getMessage());
    }

    @Test
    void aByteOrderMarkIsRead(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), "\uFEFFpostgres:\n  pool_size: 7\n");

        assertEquals(7, loader.load(file).postgres().poolSize());
    }

    @Test
    void manyProblemsAreCounted() {
        String text = IntStream.range(0, 10_000).mapToObj(i -> "unknown_key_" + i + ": 1\n")
                .collect(Collectors.joining());

        ConfigException refused = refused(text);

        assertEquals(10_000, refused.problems().size());
        List<String> lines = String.valueOf(refused.getMessage()).lines().toList();
        assertEquals(51, lines.size());
        assertEquals("and 9950 more problems", lines.getLast());
    }

    @Test
    void longNamesAreCut() {
        String message = String.valueOf(refused("? " + "k".repeat(40_000) + "\n: 1\n").getMessage());
        assertTrue(message.length() < 300, message);
        assertFalse(refused("? " + "k".repeat(200_000) + "\n: 1\n").problems().isEmpty());
    }

    /// The seed is fixed; each text differs from a good one by a few characters.
    @Test
    void everyChangedTextIsReadOrRefusedWithAPlace() {
        Random random = new Random(8);
        String odd = "\0\u0007\t\r\n\u0085\u2028\uFEFF\uFFFF\uD800😀{}[]:,&*!|>'\"%@`#-?~=.0x1e9_";
        int refusals = 0;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, odd.charAt(random.nextInt(odd.length())));
                    case 1 -> text.insert(at, odd.charAt(random.nextInt(odd.length())));
                    default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                }
            }
            try {
                loader.load("x.yaml", text.toString());
            } catch (ConfigException e) {
                refusals++;
                Optional<Position> position = e.problems().stream().map(ConfigProblem::position)
                        .flatMap(Optional::stream).findFirst();
                assertTrue(position.isPresent(), () -> e.getMessage() + " for " + text);
            }
        }
        assertTrue(refusals > 1_000, "refused " + refusals);
    }
}
