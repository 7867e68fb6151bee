package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.section.ChunkStrategy;
import dev.memfuse.config.yaml.ConfigLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigValuesTest {
    private final MemFuseConfig config = new ConfigLoader().load();

    static List<ConfigKey> keys() {
        return ConfigSchema.keys();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aReplacedValueIsTheOnlyDifference(ConfigKey key) {
        Object other = other(key, ConfigValues.get(config, key.path()));
        MemFuseConfig changed = ConfigValues.with(config, key.path(), other);

        assertEquals(List.of(key.path()),
                ConfigDiff.between(config, changed).stream().map(ConfigChange::path).toList());
        assertEquals(other, ConfigValues.get(changed, key.path()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aPrintedValueIsReadBackEqual(ConfigKey key) {
        Object value = other(key, ConfigValues.get(config, key.path()));
        Object parsed = ConfigValues.parse(key.path(), ConfigValues.print(value));

        assertEquals(value, ConfigValues.get(ConfigValues.with(config, key.path(), parsed), key.path()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"postgres.pool_size | ten | found the text \"ten\"",
            "postgres.pool_size | 0 | found 0", "postgres.pool_size | 1001 | found 1001",
            "postgres.pool_timeout | 0.2 | found 0.2", "postgres.pool_timeout | 30s | found the text \"30s\"",
            "postgres.manager | fast | found the text \"fast\"", "services.cache | on | found the text \"on\"",
            "monitoring.thresholds.heap_used | 1.01 | found 1.01", "postgres.pool_size | '' | found nothing",
            "buffer.round_buffer.token_model | '' | found the text \"\""})
    void anInputThatIsNoValueIsRejectedWithTheExpectedValues(String path, String text, String found) {
        String expected = ConfigSchema.require(path).range().expected();

        assertEquals(path + ": expected " + expected + ", " + found,
                assertThrows(ConfigException.class, () -> ConfigValues.parse(path, text)).getMessage());
    }

    @Test
    void theBoundsOfARangeBelongToIt() {
        assertEquals(1, ConfigValues.parse("postgres.pool_size", "1"));
        assertEquals(1000, ConfigValues.parse("postgres.pool_size", " 1000 "));
        assertEquals(Duration.ofMillis(250), ConfigValues.parse("postgres.pool_timeout", "0.25"));
        assertEquals(Duration.ofMinutes(10), ConfigValues.parse("postgres.pool_timeout", "600"));
    }

    @Test
    void aValueOfTheWrongTypeIsRejected() {
        assertEquals("postgres.pool_timeout: expected a number of seconds from 0.25 to 600, found 30",
                assertThrows(ConfigException.class, () -> ConfigValues.with(config, "postgres.pool_timeout", 30))
                        .getMessage());
    }

    @Test
    void anUnknownKeyIsRejectedWithTheNearest() {
        assertEquals("postgres.poolsize: unknown key; did you mean postgres.pool_size?",
                assertThrows(ConfigException.class, () -> ConfigValues.get(config, "postgres.poolsize")).getMessage());
    }

    @Test
    void unchangedSectionsAreTheSameObjects() {
        assertSame(config.buffer(), ConfigValues.with(config, "postgres.pool_size", 3).buffer());
    }

    @Test
    void aProfileForARunningEngineKeepsItsServer() {
        MemFuseConfig running = ConfigValues.with(config, "postgres.url", "jdbc:postgresql://db/memfuse");
        MemFuseConfig profile = ConfigValues.with(config, "services.cache", false);

        assertEquals(List.of("services.cache"), ConfigDiff.between(running, ConfigValues.keepingFixed(profile, running))
                .stream().map(ConfigChange::path).toList());
    }

    @Test
    void valuesPrintAsYaml() {
        assertEquals("30", ConfigValues.print(Duration.ofSeconds(30)));
        assertEquals("0.25", ConfigValues.print(Duration.ofMillis(250)));
        assertEquals("3600", ConfigValues.print(Duration.ofHours(1)));
        assertEquals("0", ConfigValues.print(0.0));
        assertEquals("0.0001", ConfigValues.print(0.0001));
        assertEquals("token_based", ConfigValues.print(ChunkStrategy.TOKEN_BASED));
        assertEquals("gpt-4o-mini", ConfigValues.print("gpt-4o-mini"));
        assertEquals("jdbc:postgresql://h:1/d?a=b", ConfigValues.print("jdbc:postgresql://h:1/d?a=b"));
        assertEquals("\"jdbc:\"", ConfigValues.print("jdbc:"));
        assertEquals("\"\"", ConfigValues.print(""));
        assertEquals("\"true\"", ConfigValues.print("true"));
        assertEquals("\"a \\\"b\\\" \\\\ \\n\"", ConfigValues.print("a \"b\" \\ \n"));
    }

    private static Object anotherOf(Object[] constants, Object constant) {
        return constants[0].equals(constant) ? constants[1] : constants[0];
    }

    private static Object other(ConfigKey key, Object value) {
        return switch (value) {
            case Boolean flag -> !flag;
            case Integer number -> number == (int) key.range().max() ? number - 1 : number + 1;
            case Duration time -> time.plusMillis(125);
            case Double share -> share / 2;
            case Enum<?> constant -> anotherOf(constant.getDeclaringClass().getEnumConstants(), constant);
            default -> "jdbc:postgresql:other";
        };
    }
}
