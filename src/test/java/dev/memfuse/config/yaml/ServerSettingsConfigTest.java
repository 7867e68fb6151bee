package dev.memfuse.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.LiveTunables;
import dev.memfuse.config.section.PostgresConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The section `postgres.server` of the configuration, whose names are those of PostgreSQL.
class ServerSettingsConfigTest {
    private static final String YAML = """
                                       postgres:
                                         pool_size: 5
                                         server:
                                           work_mem: 8MB
                                           max_connections: 200
                                           synchronous_commit: off
                                           jit: false
                                           random_page_cost: 1.1
                                       """;

    private final ConfigLoader loader = new ConfigLoader();

    private String problem(String... settings) {
        return assertThrows(ConfigException.class, () -> loader.withOverrides(List.of(settings)).load()).getMessage();
    }

    @Test
    void aFileAndTheCommandLineSetThem() {
        MemFuseConfig config = loader.withOverrides(List.of("postgres.server.work_mem=16 MB")).load("my.yaml", YAML);

        assertEquals(Map.of("work_mem", "16MB", "max_connections", "200", "synchronous_commit", "off", "jit", "off",
                "random_page_cost", "1.1"), config.postgres().server());
        assertEquals(5, config.postgres().poolSize());
        assertEquals(Map.of(), loader.load().postgres().server());
    }

    @Test
    void whatIsWrittenIsReadBackEqual() {
        MemFuseConfig config = loader.load("my.yaml", YAML);
        String written = ConfigYaml.write(config, List.of());

        assertEquals(config, loader.load("written.yaml", written));
        assertTrue(written.contains("""
                                      read_from: primary
                                      read_only: false
                                      # Embedded server
                                      server:
                                        jit: "off"
                                        max_connections: "200"
                                        random_page_cost: "1.1"
                                        synchronous_commit: "off"
                                        work_mem: 8MB
                                    """), written);
        assertEquals(config, loader.over(config).load());
    }

    @Test
    void anEmptyValueReturnsToTheDefault() {
        MemFuseConfig config = loader.load("my.yaml", YAML);

        assertFalse(loader.over(config).withOverrides(List.of("postgres.server.work_mem=")).load().postgres().server()
                .containsKey("work_mem"));
        assertEquals(Map.of(), loader.load("my.yaml", "postgres: {server: {work_mem: \"\"}}").postgres().server());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                        postgres.server.max_connections=0 | expected a number from 1 to 262143, found the text "0"
                        postgres.server.work_men=8MB | unknown key; did you mean postgres.server.work_mem?
                        postgres.server.lc_messages=de | cannot be set: the statements of the program depend on it
                        postgres.server.port=1 | cannot be set: the program chooses how it reaches the server
                        postgres.server.application_name=a | cannot be set: the program names each of its connections
                        postgres.server.cluster_name=a | cannot be set: the server is the program's own and needs no name
                        """)
    void aWrongOneIsRefusedWithTheReason(String setting, String reason) {
        assertEquals("--set:1:" + (reason.startsWith("expected") ? setting.indexOf('=') + 2 : 1) + ": "
                + setting.substring(0, setting.indexOf('=')) + ": " + reason, problem(setting));
    }

    @Test
    void aFileNamesThePlaceOfAReservedOne() {
        var refused = assertThrows(ConfigException.class,
                () -> loader.load("my.yaml", "postgres:\n  server:\n    data_directory: /tmp\n    nothing: 1\n"));

        assertEquals("my.yaml:3:5: postgres.server.data_directory: cannot be set: the program chooses the folders of "
                + "the server\nmy.yaml:4:5: postgres.server.nothing: unknown key", refused.getMessage());
    }

    @Test
    void theSectionItselfIsNoKey() {
        assertEquals("--set:1:1: postgres.server: expected a key, found a section; its keys are shared_buffers, "
                + "work_mem, synchronous_commit, max_connections, checkpoint_timeout, and others of PostgreSQL",
                problem("postgres.server=1"));
    }

    @Test
    void besideTheUrlOfAnotherServerTheyAreRefused() {
        String sentence = problem("postgres.url=jdbc:postgresql://h/d", "postgres.server.work_mem=8MB");

        assertTrue(sentence.startsWith("--set:2:26: postgres.server.work_mem: applies to the embedded server only"),
                sentence);
    }

    @Test
    void aDifferenceNamesTheDefaultAndTheRisk() {
        MemFuseConfig config = loader.load("my.yaml", "postgres: {server: {synchronous_commit: off}}");
        ConfigChange change = ConfigDiff.between(loader.load(), config).getFirst();

        assertEquals("postgres.server.synchronous_commit: the default → off (unsafe: acknowledged messages are lost "
                + "when the server or the machine crashes)", change.toString());
        assertEquals(config, ConfigValues.with(loader.load(), change.path(),
                ConfigValues.parse(change.path(), change.after())));
        assertEquals(loader.load(), ConfigValues.with(config, change.path(),
                ConfigValues.parse(change.path(), change.before())));
    }

    @Test
    void aProfileKeepsThoseThatNeedARestartAsTheyRun() {
        MemFuseConfig running = loader.load("a", "postgres: {server: {shared_buffers: 64MB, work_mem: 8MB}}");
        MemFuseConfig profile = loader.load("b", "postgres: {server: {max_connections: 50, jit: off}}");

        assertEquals(Map.of("shared_buffers", "64MB", "jit", "off"),
                ConfigValues.keepingFixed(profile, running).postgres().server());
    }

    @Test
    void aNameThatPostgresqlDoesNotHaveIsAProblemOfAConfigurationMadeInMemory() {
        MemFuseConfig config = loader.load("a", "postgres: {server: {work_mem: 8MB}}");
        var broken = new TreeMap<>(config.postgres().server());
        broken.put("port", "1");
        var postgres = config.postgres();
        var changed = new MemFuseConfig(new PostgresConfig("", postgres.manager(), 10, 20,
                postgres.poolTimeout(), postgres.poolRecycle(), postgres.connectionTimeout(),
                postgres.keepalivesIdle(), postgres.readFrom(), false, broken), config.network(), config.buffer(),
                config.memoryService(), config.layers(), config.llm(), config.embedding(), config.services(),
                config.queries(), config.retrieval(), config.monitoring(), config.load(), config.server());

        assertEquals(List.of("postgres.server.port"),
                ConfigValidator.problems(changed).stream().map(ConfigProblem::path).toList());
    }

    @Test
    void aCheckRefusesAChangeBeforeItTakesEffect() {
        var tunables = new LiveTunables(loader.load(), InstantSource.system());
        var subscription = tunables.beforeChange((_, after) -> {
            if (!after.postgres().server().isEmpty()) {
                throw new ConfigException(List.of(new ConfigProblem("postgres.server.jit", "no", Optional.empty())));
            }
        });

        assertThrows(ConfigException.class, () -> tunables.apply("test",
                config -> ConfigValues.with(config, "postgres.server.jit", "off")));
        assertEquals(loader.load(), tunables.get());
        assertTrue(tunables.apply("test", config -> ConfigValues.with(config, "postgres.pool_size", 5)).isPresent());
        subscription.close();

        assertTrue(tunables.apply("test", config -> ConfigValues.with(config, "postgres.server.jit", "off"))
                .isPresent());
    }

    @Test
    void onlyAStoppedEngineTakesASettingOverThatNeedsARestart() {
        var tunables = new LiveTunables(loader.load(), InstantSource.system());

        var refused = assertThrows(ConfigException.class, () -> tunables.apply("test",
                config -> ConfigValues.with(config, "postgres.server.shared_buffers", "64MB")));
        assertTrue(refused.getMessage().startsWith("postgres.server.shared_buffers: takes effect when the server "
                + "starts"), refused.getMessage());

        assertTrue(tunables.applyWhileStopped("test",
                config -> ConfigValues.with(config, "postgres.server.shared_buffers", "64MB")).isPresent());
        assertEquals(Map.of("shared_buffers", "64MB"), tunables.get().postgres().server());
        assertEquals(Optional.empty(), tunables.undoable());
    }

    @Test
    void theyAreProposedWhileYamlIsTyped() {
        String text = "postgres:\n  server:\n    synchronous_";
        var found = YamlCompletion.at(text, text.length());

        assertEquals(List.of("synchronous_commit: "), found.stream().map(YamlCompletion.Proposal::text).toList());
        assertEquals("Server: synchronous_commit", found.getFirst().meaning());
        assertEquals(ConfigSchema.require("postgres.server.synchronous_commit").range().choices(),
                YamlCompletion.at(text + "commit: ", text.length() + 8).stream().map(YamlCompletion.Proposal::text)
                        .toList());
    }
}
