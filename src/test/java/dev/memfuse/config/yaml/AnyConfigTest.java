package dev.memfuse.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.doubles;
import static org.quicktheories.generators.SourceDSL.longs;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.ServerKeys;
import dev.memfuse.engine.validation.AnyValue;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;
import org.quicktheories.generators.Generate;

/// Any value of any key is accepted and written back equal, or refused with a sentence, in every locale.
class AnyConfigTest {
    private static final List<String> KEYS = Stream.concat(ConfigSchema.keys().stream().map(ConfigKey::path),
            Stream.of("work_mem", "jit", "synchronous_commit", "random_page_cost", "backtrace_functions",
                    "default_statistics_target", "recovery_prefetch", "temp_tablespaces", "wal_sync_method")
                    .map(ServerKeys::path).filter(path -> ConfigSchema.find(path).isPresent()))
            .toList();
    private final ConfigLoader loader = new ConfigLoader();

    private static Gen<String> values() {
        Gen<String> edges = Generate.pick(List.of("0", "1", "2147483647", "2147483648", "1e308", "1e309", "-1", "NaN",
                ".nan", ".inf", "0x1F", "0o17", "1_000", "+5", "1e-999", "0.1e1", "5.0", "true", "yes", "~", "null",
                "''",
                "[1]", "{a: 1}", "&a 5", "*a", "!!int 5", "| \n  x", "> x", "- 1", "\"\\u0000\"", "\"\\ud800\"",
                "jdbc:postgresql://h/d", "https://h/v1", "x".repeat(2_000), "x".repeat(2_001), "\ufeff", "\u200b", "é",
                "\"\\U0001F600\"", "0." + "0".repeat(200) + "1", "9".repeat(5_000), "local", "gpt-4o-mini # note",
                "8MB", "8 MB", "'8MB'", "1e2", "OFF", "1.5GB", "-1", "5min"));
        return edges.mix(AnyValue.text(), 50).mix(longs().all().map(number -> Long.toString(number)), 10)
                .mix(doubles().any().map(number -> Double.toString(number)), 10);
    }

    private void acceptedOrRefused(ConfigKey key, String yaml) {
        MemFuseConfig config;
        try {
            config = loader.load("x.yaml", yaml);
        } catch (ConfigException refused) {
            assertFalse(refused.problems().isEmpty());
            assertTrue(refused.problems().getFirst().message().length() < 1_000, refused.getMessage());
            return;
        }
        assertEquals(config, loader.load("y.yaml", ConfigYaml.write(config, List.of("c"))), () -> yaml);
        String printed = ConfigValues.print(ConfigValues.get(config, key.path()));
        assertFalse(printed.chars().anyMatch(Character::isISOControl), printed);
    }

    private static String line(String path, String value) {
        String[] names = path.split("\\.");
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            yaml.append("  ".repeat(i)).append(names[i]).append(i < names.length - 1 ? ":\n" : ": ");
        }
        return yaml + value + "\n";
    }

    private static String escaped(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.chars().forEach(unit -> text.append(String.format(Locale.ROOT, "\\u%04x", unit)));
        return text + "\"";
    }

    @Test
    void anyValueInAFileIsAcceptedOrRefused() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "tr-TR")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                qt().withExamples(500).withShrinkCycles(0).forAll(Generate.pick(KEYS), values())
                        .checkAssert((path, value) -> {
                            ConfigKey key = ConfigSchema.require(path);
                            acceptedOrRefused(key, line(path, value));
                            acceptedOrRefused(key, line(path, escaped(value)));
                        });
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
