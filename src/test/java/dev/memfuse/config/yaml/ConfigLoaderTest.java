package dev.memfuse.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.ValueType;
import dev.memfuse.config.section.ChunkStrategy;
import dev.memfuse.config.section.ConnectionManagerKind;
import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.config.section.ReadFrom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigLoaderTest {
    private final ConfigLoader loader = new ConfigLoader();

    @TempDir
    Path folder;

    @Test
    void theDefaultsAreThePlansOptimizedValues() {
        assertEquals(new PostgresConfig("", ConnectionManagerKind.OPTIMIZED, 10, 20, Duration.ofSeconds(30),
                Duration.ofSeconds(3600), Duration.ofSeconds(15), Duration.ofSeconds(300), ReadFrom.PRIMARY, false,
                Map.of()),
                loader.load().postgres());
        assertEquals(new MemoryServiceConfig(false, true, Duration.ofSeconds(15), 3, 3), loader.load().memoryService());
        assertEquals(Duration.ofMillis(10), loader.load().monitoring().thresholds().connectionPoolAccess());
    }

    @Test
    void allowedOriginsCanBeAListOrOneText() {
        Set<String> both = Set.of("https://app.example.com", "http://localhost:3000");
        for (String value : List.of("\n    - https://app.example.com\n    - http://localhost:3000",
                " [\"https://app.example.com\", 'http://localhost:3000']",
                " https://app.example.com, http://localhost:3000", " https://app.example.com http://localhost:3000")) {
            MemFuseConfig config = loader.load("my.yaml", "server:\n  allowed_origins:" + value + "\n");

            assertEquals(both, config.server().origins(), value);
            assertEquals(config, loader.load("again.yaml", ConfigYaml.write(config, List.of())), value);
        }
        assertEquals(Set.of(), loader.load("my.yaml", "server:\n  allowed_origins: []\n").server().origins());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"[https://app.example.com, 5]|my.yaml:2:46|found 5",
            "[[https://a.example]]|my.yaml:2:21|found a list", "[{a: b}]|my.yaml:2:21|found a section",
            "[\"https://a.example https://b.example\"]|my.yaml:2:21|found the text", "[*a]|my.yaml:2:21|alias",
            "[null]|my.yaml:2:21|found nothing", "[app.example.com]|my.yaml:2:20|is no origin"})
    void aWrongEntryOfAListIsNamedWithItsPlace(String list, String place, String problem) {
        String said = String.valueOf(assertThrows(ConfigException.class,
                () -> loader.load("my.yaml", "server:\n  allowed_origins: " + list + "\n")).getMessage());

        assertTrue(said.contains(problem) && said.contains(place), said);
    }

    @Test
    void aListIsRefusedWhereOneTextIsExpected() {
        assertTrue(String.valueOf(assertThrows(ConfigException.class,
                () -> loader.load("my.yaml", "server:\n  tls:\n    key_store: [a, b]\n")).getMessage())
                .contains("found a list"));
    }

    @Test
    void aFileOverridesItsKeysAndKeepsTheRest() {
        MemFuseConfig config = loader.load("my.yaml", """
                                                      postgres:
                                                        pool_size: 5
                                                        pool_timeout: 2.5
                                                      buffer:
                                                        hybrid_buffer:
                                                          chunk_strategy: token_based
                                                      """);

        assertEquals(5, config.postgres().poolSize());
        assertEquals(Duration.ofMillis(2500), config.postgres().poolTimeout());
        assertEquals(ChunkStrategy.TOKEN_BASED, config.buffer().hybridBuffer().chunkStrategy());
        assertEquals(20, config.postgres().maxOverflow());
        assertEquals(loader.load().monitoring(), config.monitoring());
    }

    @Test
    void allProblemsOfAFileAreReportedTogetherWithLineAndColumn() {
        assertProblems("""
                       postgres:
                         pool_sze: 5
                         max_overflow: many
                         pool_timeout: 0.1
                         pool_recycle: "60"
                       buffer:
                         bypass_mode: yes
                         performance:
                           max_flush_workers: 2.5
                       memory: 3
                       """,
                """
                my.yaml:2:3: postgres.pool_sze: unknown key; did you mean postgres.pool_size?
                my.yaml:3:17: postgres.max_overflow: expected a whole number from 0 to 1000, found the text "many"
                my.yaml:4:17: postgres.pool_timeout: expected a number of seconds from 0.25 to 600, found 0.1
                my.yaml:5:17: postgres.pool_recycle: expected a number of seconds from 30 to 86400, found the text "60"
                my.yaml:7:16: buffer.bypass_mode: expected true or false, found the text "yes"
                my.yaml:9:24: buffer.performance.max_flush_workers: expected a whole number from 1 to 64, found 2.5
                my.yaml:10:1: memory: unknown key; did you mean memory_service?""");
    }

    @Test
    void anUnknownSectionIsOneProblem() {
        assertProblems("postgress:\n  pool_size: 5\n  max_overflow: 5\n",
                "my.yaml:1:1: postgress: unknown section; did you mean postgres?");
    }

    @Test
    void aChoiceListsItsWords() {
        assertProblems("postgres: {manager: Legacy}",
                "my.yaml:1:21: postgres.manager: expected one of optimized, legacy, found the text \"Legacy\"");
    }

    @Test
    void aDuplicateKeyIsAProblem() {
        assertProblems("services:\n  cache: true\n  cache: false\n",
                "my.yaml:3:3: services.cache: set twice in the same section");
    }

    @Test
    void aSectionInPlaceOfAValueAndTheReverseAreProblems() {
        assertProblems("postgres:\n  pool_size:\n    max: 5\nlayers: true\nservices:\n",
                """
                my.yaml:3:5: postgres.pool_size: expected a whole number from 1 to 1000, found a section
                my.yaml:4:9: layers: expected a section with keys such as m1, m2, max_backlog, when_full, found true
                my.yaml:5:10: services: expected a section with keys such as cache, found nothing""");
    }

    @Test
    void brokenYamlIsReportedWithItsPositionAndTheProblemsBeforeIt() {
        assertProblems("postgres:\n  pool_size: 0\n  max_overflow: 3\n    pool_timeout: 4\n",
                """
                my.yaml:2:14: postgres.pool_size: expected a whole number from 1 to 1000, found 0
                my.yaml:3:17: postgres.max_overflow: expected a whole number from 0 to 1000, \
                found the text "3 pool_timeout"
                my.yaml:4:17: not valid YAML: mapping values are not allowed here""");
    }

    @Test
    void aTabIsReportedWithItsPosition() {
        assertTrue(rejection("services:\n\tcache: true\n").getMessage().startsWith("my.yaml:2:1: not valid YAML: found "
                + "character '\\t(TAB)'"));
    }

    @Test
    void aListATextAnEmptyFileAndASecondDocumentAreProblems() {
        String sections = "postgres, network, buffer, memory_service, layers, llm, embedding, services, queries, retrieval, "
                + "monitoring, load, server";
        assertProblems("- 1\n", "my.yaml:1:1: expected sections such as " + sections + ", found a list");
        assertProblems("hello\n", "my.yaml:1:1: expected sections such as " + sections + ", found the text \"hello\"");
        assertProblems("# nothing\n", "my.yaml:1:1: the file is empty");
        assertProblems("services: {cache: true}\n---\nservices: {cache: false}\n",
                "my.yaml:3:1: expected one document, found a second one");
    }

    @Test
    void hugeAndOddNumbersAreProblemsNotFailures() {
        assertProblems("postgres:\n  pool_size: 99999999999999999999\n  pool_timeout: 1e999\n  pool_recycle: .inf\n",
                """
                my.yaml:2:14: postgres.pool_size: expected a whole number from 1 to 1000, found 99999999999999999999
                my.yaml:3:17: postgres.pool_timeout: expected a number of seconds from 0.25 to 600, found 1e999
                my.yaml:4:17: postgres.pool_recycle: expected a number of seconds from 30 to 86400, found .inf""");
    }

    @Test
    void anAliasIsAProblem() {
        assertProblems("postgres:\n  pool_size: &n 5\n  max_overflow: *n\n",
                "my.yaml:3:17: postgres.max_overflow: expected a value, found the alias *n");
        String section = rejection("postgres: &p {pool_size: 5}\nlayers: *p\n").getMessage();
        assertTrue(
                section.startsWith("my.yaml:2:9: layers: expected a section") && section.endsWith("found the alias *p"),
                section);
    }

    @Test
    void aTildeIsNothingAsInYaml() {
        assertProblems("postgres:\n  pool_size: ~\nllm:\n  base_url: ~\n",
                "my.yaml:2:14: postgres.pool_size: expected a whole number from 1 to 1000, found nothing\n"
                        + "my.yaml:4:13: llm.base_url: expected a text of 1 to 2000 characters without control characters, "
                        + "found nothing");
    }

    @Test
    void anUnknownVersionOfYamlIsNamed() {
        assertTrue(rejection("%YAML 9.1\n---\nservices: {cache: true}\n").getMessage()
                .endsWith("not valid YAML: version 9.1 of YAML is not known"));
    }

    @Test
    void aPasswordIsRejectedEverywhereAndNotRepeated() {
        String sentence = "a password does not belong in a configuration; set it in the environment or in a "
                + "password file";
        assertProblems(
                "password: hunter2\npostgres:\n  db_password: hunter2\n  url: jdbc:postgresql://h/d?Password=hunter2\n",
                "my.yaml:1:1: password: " + sentence + "\nmy.yaml:3:3: postgres.db_password: " + sentence
                        + "\nmy.yaml:4:8: postgres.url: " + sentence);
        assertFalse(assertThrows(ConfigException.class,
                () -> loader.withOverrides(List.of("postgres.password=hunter2",
                        "postgres.url=jdbc:postgresql://me:hunter2@h/d")).load())
                .getMessage().contains("hunter2"));
    }

    @Test
    void aUrlOfAnotherDatabaseIsRejected() {
        assertProblems("postgres:\n  url: jdbc:mysql://h/d\n",
                "my.yaml:2:8: postgres.url: expected a URL that starts with "
                        + "jdbc:postgresql:, or an empty text for the embedded server");
    }

    @Test
    void theCommandLineOverridesTheFile() {
        MemFuseConfig config = loader.withOverrides(List.of("postgres.pool_size=7", "postgres.pool_timeout=1.5",
                "services.cache=false", "postgres.manager=legacy",
                "postgres.url=jdbc:postgresql://db/memfuse?ssl=true"))
                .load("my.yaml", "postgres: {pool_size: 5, max_overflow: 6}");

        assertEquals(7, config.postgres().poolSize());
        assertEquals(6, config.postgres().maxOverflow());
        assertEquals(Duration.ofMillis(1500), config.postgres().poolTimeout());
        assertEquals(ConnectionManagerKind.LEGACY, config.postgres().manager());
        assertEquals("jdbc:postgresql://db/memfuse?ssl=true", config.postgres().url());
        assertFalse(config.services().cache());
    }

    @Test
    void theProblemsOfFileAndCommandLineAreReportedTogether() {
        var rejection = assertThrows(ConfigException.class,
                () -> loader.withOverrides(List.of("postgres.pool_size=0", "buffer.bypas_mode=true", "services",
                        "postgres.pool_size=4", "services.cache=1", "layers=true"))
                        .load("my.yaml", "queries: {consolidated: 1}"));

        assertEquals("""
                     my.yaml:1:25: queries.consolidated: expected true or false, found 1
                     --set:1:20: postgres.pool_size: expected a whole number from 1 to 1000, found 0
                     --set:2:1: buffer.bypas_mode: unknown key; did you mean buffer.bypass_mode?
                     --set:3:1: services: expected key=value, for instance postgres.pool_size=5
                     --set:5:16: services.cache: expected true or false, found 1
                     --set:6:1: layers: expected a key, found a section; its keys are m1, m2, max_backlog, when_full""",
                rejection.getMessage());
    }

    @Test
    void aKeyGivenTwiceOnTheCommandLineIsAProblem() {
        var rejection = assertThrows(ConfigException.class,
                () -> loader.withOverrides(List.of("services.cache=true", "services.cache=false")).load());

        assertEquals("--set:2:16: services.cache: set twice; the other place is --set:1:16", rejection.getMessage());
    }

    @Test
    void anotherConfigurationCanBeTheBase() {
        MemFuseConfig base = loader.load("my.yaml", "postgres: {pool_timeout: 0.3, manager: legacy}");

        assertEquals(base, loader.over(base).load());
        assertEquals(ConfigValues.with(base, "postgres.pool_size", 3),
                loader.over(base).withOverrides(List.of("postgres.pool_size=3")).load());
    }

    @Test
    void aFileIsNamedInItsProblems() throws Exception {
        Path file = Files.writeString(folder.resolve("mine.yaml"), "postgres:\n  pool_size: 0\n");

        assertTrue(rejection(file).getMessage().startsWith(file + ":2:14: postgres.pool_size: "));
    }

    @Test
    void aFileThatCannotBeReadIsReportedAsASentence() throws Exception {
        Path missing = folder.resolve("none.yaml");
        Path latin = Files.write(folder.resolve("latin.yaml"), new byte[]{'#', (byte) 0xe4, '\n'});
        Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat(1_000_001));

        assertEquals("the file " + missing + " does not exist", rejection(missing).getMessage());
        assertEquals(latin + ":1:2: a byte that is not UTF-8", rejection(latin).getMessage());
        assertEquals("the file " + large + " is larger than 1 MB, so it is not a configuration",
                rejection(large).getMessage());
    }

    private void assertProblems(String yaml, String expected) {
        assertEquals(expected, rejection(yaml).getMessage());
    }

    private ConfigException rejection(String yaml) {
        return assertThrows(ConfigException.class, () -> loader.load("my.yaml", yaml));
    }

    private ConfigException rejection(Path source) {
        return assertThrows(ConfigException.class, () -> loader.load(source));
    }

    static List<String> choices() {
        return ConfigSchema.keys().stream().filter(key -> key.range().type() == ValueType.CHOICE)
                .flatMap(key -> key.range().choices().stream().map(word -> key.path() + "=" + word)).toList();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void readsEveryWordOfAChoice(String setting) {
        String[] parts = setting.split("=", 2);
        MemFuseConfig config = loader.withOverrides(List.of(setting)).load();

        assertEquals(parts[1], ConfigValues.print(ConfigValues.get(config, parts[0])));
        assertEquals(config, loader.load("written", ConfigYaml.write(config, List.of())));
    }
}
