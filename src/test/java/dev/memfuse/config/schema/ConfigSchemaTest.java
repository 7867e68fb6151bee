package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.section.Durability;
import dev.memfuse.config.yaml.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigSchemaTest {

    static List<ConfigKey> keys() {
        return ConfigSchema.keys();
    }

    /// The section `postgres.server` is no key: its names are those of PostgreSQL.
    @Test
    void theTableHasExactlyTheComponentsOfTheRecordsInTheirOrder() {
        assertEquals(leaves("", MemFuseConfig.class).filter(path -> !path.equals(ServerKeys.SECTION)).toList(),
                keys().stream().map(ConfigKey::path).toList());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyIsInATitledSection(ConfigKey key) {
        assertFalse(key.section().isBlank());
    }

    @Test
    void onlyDurabilityInMemoryIsARisk() {
        assertEquals(Map.of("buffer.durability", Map.of("memory", Durability.UNSAFE)),
                keys().stream().filter(key -> !key.risks().isEmpty())
                        .collect(Collectors.toMap(ConfigKey::path, ConfigKey::risks)));
    }

    @Test
    void thePathFlagsAreTheSevenSwitchesOfThePlan() {
        assertEquals(
                List.of("postgres.manager", "buffer.bypass_mode", "memory_service.parallel_enabled",
                        "layers.m1.enabled", "layers.m2.enabled", "services.cache", "queries.consolidated"),
                keys().stream().filter(key -> key.group() == ConfigGroup.PATH).map(ConfigKey::path).toList());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyDefaultIsWithinItsRange(ConfigKey key) {
        assertEquals(Optional.empty(), key.range().problem(ConfigValues.get(new ConfigLoader().load(), key.path())));
    }

    @Test
    void onlyTheDatabaseAndTheWayItIsOpenedAreFixedAtStart() {
        assertEquals(List.of("postgres.url", "postgres.read_only"),
                keys().stream().filter(key -> !key.hot()).map(ConfigKey::path).toList());
    }

    @ParameterizedTest
    @CsvSource({"postgres.pool_sze, postgres.pool_size", "postgres.conection_timeout, postgres.connection_timeout",
            "pool_size, postgres.pool_size", "buffer.flush_interval, buffer.performance.flush_interval",
            "bufer.bypass_mode, buffer.bypass_mode", "buffer.bypass, buffer.bypass_mode", "postgress, postgres"})
    void aMistypedKeyIsNearestToTheIntendedOne(String typed, String intended) {
        assertEquals(Optional.of(intended), ConfigSchema.nearest(typed));
    }

    @Test
    void aKeyUnlikeAnyOtherHasNoNearest() {
        assertEquals(Optional.empty(), ConfigSchema.nearest("graph_store.default_relation"));
    }

    private static Stream<String> leaves(String path, Class<?> type) {
        if (!type.isRecord()) {
            return Stream.of(path);
        }
        String prefix = path.isEmpty() ? "" : path + ".";
        return Stream.of(type.getRecordComponents())
                .flatMap(component -> leaves(prefix + key(component), component.getType()));
    }

    private static String key(RecordComponent component) {
        var name = new StringBuilder();
        for (char letter : component.getName().toCharArray()) {
            name.append(Character.isUpperCase(letter) ? "_" : "").append(letter);
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }
}
