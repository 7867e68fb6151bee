package dev.memfuse.config.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.convert.Conversion.Line;
import dev.memfuse.config.convert.Conversion.Outcome;
import dev.memfuse.config.yaml.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A folder with all sections and keys of MemFuse 0.3, in the styles of YAML and of OmegaConf that such trees use.
class CheckoutConversionTest {
    private static final Path CHECKOUT = Path.of("src", "test", "resources", "memfuse-checkout");

    private static MemFuseConfig read(Conversion conversion) {
        return new ConfigLoader().load("result.yaml", conversion.yaml());
    }

    private static Line line(Conversion conversion, String key) {
        return conversion.lines().stream().filter(one -> one.key().equals(key)).findFirst()
                .orElseThrow(() -> new AssertionError(key));
    }

    @Test
    void everyKeyOfTheWholeTreeHasOneOutcome() {
        Conversion conversion = Converter.convert(CHECKOUT);

        Map<String, Long> counts = conversion.lines().stream()
                .collect(Collectors.groupingBy(Line::key, Collectors.counting()));
        assertEquals(List.of(), counts.entrySet().stream().filter(entry -> entry.getValue() > 1).toList());
        for (String section : List.of("data_dir", "buffer.", "database.", "embedding.", "memory.", "retrieval.",
                "server.", "storage.", "store.", "hydra.")) {
            assertTrue(counts.keySet().stream().anyMatch(key -> key.startsWith(section)), section);
        }
        assertEquals(List.of(), conversion.lines().stream().filter(line -> line.detail().contains("no key of this"))
                .map(Line::key).filter(key -> !key.equals("buffer.speculative_buffer.enable_speculation")).toList());
    }

    @Test
    void itsValuesAreThoseOfTheResult() {
        MemFuseConfig config = read(Converter.convert(CHECKOUT));

        assertEquals("jdbc:postgresql://localhost:5432/memfuse", config.postgres().url());
        assertEquals(20, config.postgres().poolSize());
        assertEquals(30, config.postgres().maxOverflow());
        assertEquals(Duration.ofSeconds(2), config.postgres().poolTimeout());
        assertFalse(config.buffer().bypassMode());
        assertEquals(800, config.buffer().roundBuffer().maxTokens());
        assertEquals(Duration.ofMinutes(30), config.buffer().performance().forceFlushTimeout());
        assertTrue(config.layers().m2().enabled());
    }

    @Test
    void onlyWhatAPersonCanDecideNeedsADecision() {
        Conversion conversion = Converter.convert(CHECKOUT);

        assertEquals(
                List.of("data_dir", "database.postgres.database", "database.postgres.host",
                        "database.postgres.password", "database.postgres.port", "database.postgres.user",
                        "memory.layers.m1.llm_model", "memory.layers.m2.llm_model", "store.database.password"),
                conversion.lines().stream().filter(line -> line.outcome() == Outcome.NEEDS_A_DECISION).map(Line::key)
                        .sorted().toList());
    }

    @Test
    void mergedSectionsAndAliasesAreResolved(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("buffer"));
        Files.writeString(folder.resolve("buffer").resolve("default.yaml"), """
                                                                            defaults_of: &sizes
                                                                              max_size: &five 7
                                                                              max_tokens: 900
                                                                            round_buffer:
                                                                              <<: *sizes
                                                                              max_tokens: 901
                                                                            query: {max_size: *five}
                                                                            """);

        MemFuseConfig config = read(Converter.convert(folder));

        assertEquals(7, config.buffer().roundBuffer().maxSize());
        assertEquals(901, config.buffer().roundBuffer().maxTokens());
        assertEquals(7, config.buffer().query().maxSize());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: &a [*a]\n", """
                                            a: &a [x, x]
                                            b: &b [*a, *a, *a, *a, *a, *a, *a, *a]
                                            c: &c [*b, *b, *b, *b, *b, *b, *b, *b]
                                            d: &d [*c, *c, *c, *c, *c, *c, *c, *c]
                                            e: &e [*d, *d, *d, *d, *d, *d, *d, *d]
                                            f: &f [*e, *e, *e, *e, *e, *e, *e, *e]
                                            g: [*f, *f, *f, *f]
                                            """})
    void aliasesThatGrowWithoutLimitAreRefused(String text, @TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("buffer"));
        Files.writeString(folder.resolve("buffer").resolve("default.yaml"), text);

        ConfigException refused = assertThrows(ConfigException.class, () -> Converter.convert(folder));

        assertTrue(String.valueOf(refused.getMessage()).contains("default.yaml: not valid YAML"),
                refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"${oc.decode:${oc.env:POSTGRES_PORT,6432}}", "${oc.select:no.such,6432}",
            "${oc.select:database.postgres.other,1}", "${oc.decode:'6432'}"})
    void nestedInterpolationsAreResolved(String port, @TempDir Path folder) throws IOException {
        assertEquals("jdbc:postgresql://h:6432/memfuse", read(withPort(port, folder)).postgres().url());
    }

    /// A default that replaces it would lead to another server.
    @ParameterizedTest
    @ValueSource(strings = {"${oc.env:POSTGRES_PORT}", "${oc.env:POSTGRES_PORT,null}", "${custom:1}"})
    void anAddressWithAnUnknownPortNeedsADecision(String port, @TempDir Path folder) throws IOException {
        Conversion conversion = withPort(port, folder);

        assertFalse(conversion.yaml().contains("url:"), conversion.yaml());
        assertTrue(line(conversion, "database.postgres.port").detail().startsWith("set postgres.url"));
    }

    private static Conversion withPort(String port, Path folder) throws IOException {
        Files.createDirectories(folder.resolve("database"));
        Files.writeString(folder.resolve("database").resolve("default.yaml"),
                "postgres:\n  host: h\n  other: 6432\n  port: " + port + "\n");
        return Converter.convert(folder);
    }
}
