package dev.memfuse.config.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.convert.Conversion.Line;
import dev.memfuse.config.convert.Conversion.Outcome;
import dev.memfuse.config.section.ChunkStrategy;
import dev.memfuse.config.section.EmbeddingModelKind;
import dev.memfuse.config.section.FusionKind;
import dev.memfuse.config.section.LogLevel;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.engine.validation.AnyValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.generators.Generate;

class ConverterTest {
    @TempDir
    private Path folder;
    private Path tree = Path.of("");

    @BeforeEach
    void writeTree() throws IOException {
        tree = folder.resolve("config");
        write("config.yaml", """
                             # @package _global_
                             data_dir: "data"
                             defaults:
                               - database: default
                               - store: pgai
                               - embedding: default
                               - memory: default
                               - retrieval: default
                               - server: default
                               - buffer: default
                               - _self_
                             hydra:
                               job: {chdir: true}
                             """);
        write("database/default.yaml", """
                                       # @package database
                                       type: postgres
                                       postgres:
                                         host: ${oc.env:POSTGRES_HOST,db.example.org}
                                         port: ${oc.env:POSTGRES_PORT,6432}
                                         database: ${oc.env:POSTGRES_DB,memories}
                                         user: ${oc.env:POSTGRES_USER,ann}
                                         password: ${oc.env:POSTGRES_PASSWORD,s3cret}
                                         pool_size: 7
                                         max_overflow: ${.pool_size}
                                         pool_timeout: 2.5
                                         keepalives_idle: 3
                                         keepalives_count: 3
                                         smart_cleanup: {enabled: true, idle_timeout_seconds: 120}
                                       pgai: {enabled: true, embedding_model: all-MiniLM-L6-v2, api_key: s3cret}
                                       """);
        write("store/pgai.yaml", """
                                 # @package store
                                 backend: pgai
                                 database: {host: other, password: s3cret}
                                 store:
                                   multi_path: {fusion_strategy: rrf, vector_weight: 0.5}
                                 """);
        write("store/default.yaml", "backend: pgai\n");
        write("embedding/default.yaml", """
                                        model: sentence-transformers/all-MiniLM-L6-v2
                                        dimension: 384
                                        """);
        write("memory/default.yaml", """
                                     processing:
                                       strategy: sequential
                                       timeout: {per_layer: 31}
                                       retry: {max_attempts: 4}
                                     layers:
                                       m0: {enabled: true}
                                       m1: {enabled: true, llm_model: grok-3-mini}
                                       m2: {enabled: false, min_confidence_threshold: 0.75}
                                     memory_service: {parallel_enabled: true, timeout_per_layer: 20}
                                     """);
        write("retrieval/default.yaml", "use_rerank: true\nrrf_k: 61\nrerank_model: cross-encoder/x\n");
        write("server/default.yaml", "host: 0.0.0.0\nport: 8000\napi_key_validation: false\n");
        write("buffer/default.yaml", """
                                     enabled: true
                                     round_buffer: {max_tokens: 801, max_size: 6, token_model: gpt-4o}
                                     hybrid_buffer: {max_size: 5, chunk_strategy: contextual}
                                     performance: {flush_interval: 61, flush_timeout: "${oc.env:FLUSH}"}
                                     query: {max_size: 16, default_order: desc}
                                     monitoring: {log_level: WARNING}
                                     """);
    }

    private void write(String name, String text) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Line line(Conversion conversion, String key) {
        List<Line> lines = conversion.lines().stream().filter(line -> line.key().equals(key)).toList();
        assertEquals(1, lines.size(), key + " in " + conversion.lines());
        return lines.getFirst();
    }

    private static MemFuseConfig read(Conversion conversion) {
        return new ConfigLoader().load("result.yaml", conversion.yaml());
    }

    @Test
    void theResultIsAConfigurationWithTheValuesOfTheTree() {
        MemFuseConfig config = read(Converter.convert(tree));

        assertEquals("jdbc:postgresql://db.example.org:6432/memories", config.postgres().url());
        assertEquals(7, config.postgres().poolSize());
        assertEquals(7, config.postgres().maxOverflow());
        assertEquals(Duration.ofMillis(2500), config.postgres().poolTimeout());
        assertFalse(config.buffer().bypassMode());
        assertEquals(801, config.buffer().roundBuffer().maxTokens());
        assertEquals("gpt-4o", config.buffer().roundBuffer().tokenModel());
        assertEquals(ChunkStrategy.MESSAGE, config.buffer().hybridBuffer().chunkStrategy());
        assertEquals(Duration.ofSeconds(61), config.buffer().performance().flushInterval());
        assertEquals(LogLevel.WARN, config.monitoring().logLevel());
        assertEquals(EmbeddingModelKind.ALL_MINILM_L6_V2, config.embedding().model());
        assertTrue(config.memoryService().parallelEnabled());
        assertEquals(Duration.ofSeconds(20), config.memoryService().timeoutPerLayer());
        assertEquals(4, config.memoryService().maxRetries());
        assertTrue(config.layers().m1().enabled());
        assertFalse(config.layers().m2().enabled());
        assertEquals(0.75, config.layers().m2().minConfidence());
        assertTrue(config.retrieval().useRerank());
        assertEquals(61, config.retrieval().rrfK());
        assertEquals(FusionKind.RRF, config.retrieval().fusion());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "database.postgres.pool_size | TAKEN_OVER | postgres.pool_size: 7",
            "buffer.enabled | TAKEN_OVER | buffer.bypass_mode: false",
            "embedding.model | TAKEN_OVER | embedding.model: all_minilm_l6_v2",
            "database.postgres.host | NEEDS_A_DECISION | postgres.url: jdbc:postgresql://db.example.org:6432/memories",
            "database.postgres.user | NEEDS_A_DECISION | PGUSER to ann",
            "database.postgres.password | NEEDS_A_DECISION | PGPASSWORD",
            "database.postgres.keepalives_idle | NEEDS_A_DECISION | a number of seconds from 30 to 7200, found 3",
            "buffer.hybrid_buffer.chunk_strategy | NEEDS_A_DECISION | expected one of message, token_based",
            "buffer.performance.flush_timeout | NEEDS_A_DECISION | has no value outside MemFuse",
            "memory.layers.m1.llm_model | NEEDS_A_DECISION | MemFuse names grok-3-mini",
            "data_dir | NEEDS_A_DECISION | --data-dir data",
            "database.pgai.api_key | NEEDS_A_DECISION | OPENAI_API_KEY",
            "memory.processing.strategy | NO_COUNTERPART | memory.memory_service.parallel_enabled decides",
            "memory.processing.timeout.per_layer | NO_COUNTERPART | memory.memory_service.timeout_per_layer decides",
            "database.postgres.smart_cleanup.enabled | NO_COUNTERPART | the pool closes idle connections",
            "server.port | NO_COUNTERPART | options of serve",
            "server.api_key_validation | NO_COUNTERPART | options of serve",
            "store.database.host | NO_COUNTERPART | database.postgres",
            "retrieval.rerank_model | NO_COUNTERPART | reranks without a model",
            "hydra.job.chdir | NO_COUNTERPART | how MemFuse itself is started"})
    void eachKeyHasAnOutcomeWithItsReason(String key, Outcome outcome, String detail) {
        Line line = line(Converter.convert(tree), key);

        assertEquals(outcome, line.outcome(), line.detail());
        assertTrue(line.detail().contains(detail), line.detail());
    }

    @Test
    void noSecretIsWritten() {
        Conversion conversion = Converter.convert(tree);

        assertFalse((conversion.yaml() + conversion.lines()).contains("s3cret"), conversion.lines().toString());
    }

    @Test
    void aFileThatIsNotComposedIsNamed() {
        assertEquals(Outcome.NO_COUNTERPART,
                line(Converter.convert(tree), tree.resolve("store/default.yaml").toString()).outcome());
    }

    @Test
    void laterFilesOverrideEarlierOnes() throws IOException {
        write("config.yaml", """
                             defaults:
                               - base
                               - database/default
                               - _self_
                             database:
                               postgres:
                                 pool_size: 9
                                 pool_recycle: ${database.postgres.keepalives_idle}00
                             """);
        write("base.yaml", "database:\n  postgres:\n    pool_size: 1\n    connection_timeout: 11\n");

        MemFuseConfig config = read(Converter.convert(tree));

        assertEquals(9, config.postgres().poolSize());
        assertEquals(Duration.ofSeconds(11), config.postgres().connectionTimeout());
        assertEquals(Duration.ofMinutes(5), config.postgres().poolRecycle());
    }

    @Test
    void theFolderAboveTheTreeIsReadToo() {
        assertEquals(Converter.convert(tree).yaml(), Converter.convert(folder).yaml());
    }

    @Test
    void aTreeWithoutConfigYamlUsesTheDefaultOfEachFolder() throws IOException {
        Files.delete(tree.resolve("config.yaml"));

        assertEquals(7, read(Converter.convert(tree)).postgres().poolSize());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: [", "- 1", "\u0000", "${", "text"})
    void whatIsNoConfigurationIsRefusedWithItsFile(String text) throws IOException {
        write("buffer/default.yaml", text);

        ConfigException refused = assertThrows(ConfigException.class, () -> Converter.convert(tree));

        assertTrue(String.valueOf(refused.getMessage()).contains("buffer/default.yaml"), refused.getMessage());
    }

    @Test
    void anyValueIsTakenOverOrLeftOutAndTheResultIsAccepted() {
        List<String> keys = List.of("round_buffer: {max_size: %s}", "round_buffer: {token_model: %s}", "enabled: %s",
                "performance: {flush_interval: %s}", "hybrid_buffer: {chunk_strategy: %s}", "%s: 1", "unknown: [%s]",
                "monitoring: {log_level: %s}", "query: {cache_size: '${.x}', x: %s}");
        qt().withExamples(300).withShrinkCycles(0).forAll(Generate.pick(keys), AnyValue.text())
                .checkAssert((form, text) -> {
                    StringBuilder escaped = new StringBuilder("\"");
                    text.chars().forEach(unit -> escaped.append(String.format(Locale.ROOT, "\\u%04x", unit)));
                    try {
                        write("buffer/default.yaml", String.format(Locale.ROOT, form, escaped + "\""));
                        read(Converter.convert(tree));
                    } catch (ConfigException refused) {
                        assertTrue(String.valueOf(refused.getMessage()).contains("default.yaml:"),
                                refused.getMessage());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    @Test
    void aResultWithoutKeysIsAccepted() throws IOException {
        Path file = Files.writeString(folder.resolve("alone.yaml"), "server:\n  port: 1\n");

        assertEquals(new ConfigLoader().load(), read(Converter.convert(file)));
    }

    @Test
    void interpolationsThatLeadInACircleNeedADecision() throws IOException {
        write("retrieval/default.yaml", "rrf_k: ${.other}\nother: ${.rrf_k}\nuse_rerank: ${unknown:1}\n");

        Conversion conversion = Converter.convert(tree);

        assertEquals(Outcome.NEEDS_A_DECISION, line(conversion, "retrieval.rrf_k").outcome());
        assertEquals(Outcome.NEEDS_A_DECISION, line(conversion, "retrieval.use_rerank").outcome());
        read(conversion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2", "all-minilm-l6-v2",
            "all_minilm_l6_v2"})
    void namesOfModelsAreUnderstoodInConfigurationsToo(String name) {
        assertEquals(EmbeddingModelKind.ALL_MINILM_L6_V2,
                new ConfigLoader().withOverrides(List.of("embedding.model=" + name)).load().embedding().model());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bge-small-en-v1.5", "BAAI/bge-small-en-v1.5"})
    void soIsTheNameOfTheOtherModel(String name) {
        assertEquals(EmbeddingModelKind.BGE_SMALL_EN_V15,
                new ConfigLoader().load("x.yaml", "embedding:\n  model: " + name + "\n").embedding().model());
    }

    @Test
    void aTreeGivenAsAConfigurationNamesTheCommand() {
        for (Path source : List.of(tree, folder, tree.resolve("config.yaml"), tree.resolve("database/default.yaml"))) {
            ConfigException refused = assertThrows(ConfigException.class, () -> new ConfigLoader().load(source));

            assertEquals(1, refused.problems().size(), refused.getMessage());
            assertTrue(String.valueOf(refused.getMessage()).contains("memfuse config convert " + source),
                    refused.getMessage());
        }
    }
}
