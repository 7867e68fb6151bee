package dev.memfuse.config.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.config.section.LayersConfig;
import dev.memfuse.config.section.MemoryServiceConfig;
import dev.memfuse.config.section.WhenFull;
import dev.memfuse.config.yaml.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleConfigsTest {
    private static final Path SAMPLES = Path.of("sample-configs");

    private final ConfigLoader loader = new ConfigLoader();
    private final FileProfiles profiles = new FileProfiles(Path.of("no-such-folder"));

    /// All samples but the scenarios and what is for monitoring, which are no configurations.
    static List<Path> samples() throws IOException {
        try (Stream<Path> entries = Files.list(SAMPLES)) {
            return entries.filter(entry -> !entry.endsWith("scenarios") && !entry.endsWith("monitoring")).sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleLoads(Path sample) {
        assertEquals(List.of(), ConfigValidator.problems(loader.load(sample)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleFileIsAShippedProfileWithADescription(Path sample) throws IOException {
        if (Files.isDirectory(sample)) {
            assertEquals("plan", sample.getFileName().toString());
            return;
        }
        String name = sample.getFileName().toString().replace(".yaml", "");
        var profile = profiles.list().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        assertTrue(profile.description().length() > 60, profile.description());
        assertEquals(loader.load(sample), profiles.load(name));
    }

    @Test
    void thePlansFolderSetsThePlansValues() {
        MemFuseConfig config = loader.load(SAMPLES.resolve("plan"));

        assertEquals(loader.load().postgres(), config.postgres());
        assertTrue(config.buffer().bypassMode());
        assertEquals(new BufferConfig.PerformanceConfig(true, Duration.ofSeconds(30), Duration.ofSeconds(1800), 2, 100,
                Duration.ofSeconds(15), Duration.ofSeconds(30)), config.buffer().performance());
        assertEquals(new MemoryServiceConfig(false, true, Duration.ofSeconds(15), 3, 3), config.memoryService());
        assertEquals(new LayersConfig(new LayersConfig.M1Config(false), new LayersConfig.M2Config(false, 0.7, 0.85), 0,
                WhenFull.SLOW),
                config.layers());
    }

    @Test
    void thePlansFolderIsTheOptimizedProfile() {
        assertEquals(profiles.load("optimized"), loader.load(SAMPLES.resolve("plan")));
    }

    @Test
    void eachPhaseChangesThePlansKeysOnly() {
        assertEquals(List.of("postgres.manager: legacy → optimized", "postgres.pool_size: 20 → 10",
                "postgres.max_overflow: 40 → 20", "postgres.pool_timeout: 60 → 30", "buffer.bypass_mode: false → true",
                // These two have an effect with buffers only: the values of MemFuse, then our defaults.
                "buffer.durability: memory (unsafe: lost when the program dies) → journal",
                "buffer.hybrid_buffer.embedding: transfer → extraction",
                "services.cache: false → true"), steps("legacy", "phase1"));
        assertEquals(List.of("postgres.pool_recycle: 7200 → 3600", "postgres.connection_timeout: 30 → 15",
                "postgres.keepalives_idle: 600 → 300", "queries.consolidated: false → true"),
                steps("phase1", "phase2"));
        assertEquals(
                List.of("memory_service.parallel_enabled: true → false", "memory_service.timeout_per_layer: 30 → 15",
                        "layers.m1.enabled: true → false", "layers.m2.enabled: true → false"),
                steps("phase2", "phase3"));
        assertEquals(
                List.of("buffer.performance.flush_interval: 60 → 30", "buffer.performance.max_flush_workers: 3 → 2",
                        "buffer.performance.flush_timeout: 30 → 15"),
                steps("phase3", "optimized"));
    }

    private List<String> steps(String from, String to) {
        return ConfigDiff.between(profiles.load(from), profiles.load(to)).stream().map(ConfigChange::toString).toList();
    }
}
