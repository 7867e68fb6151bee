package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.yaml.ConfigLoader;
import org.junit.jupiter.api.Test;

class ConfigDiffTest {
    private final MemFuseConfig defaults = new ConfigLoader().load();

    @Test
    void aRiskyValueIsShownWithItsRiskInEveryChange() {
        assertEquals(List.of("buffer.durability: journal → memory (unsafe: lost when the program dies)"),
                changesTo("buffer.durability", "memory"));
    }

    @Test
    void otherValuesAreShownWithoutARisk() {
        assertEquals(List.of("buffer.durability: journal → database"), changesTo("buffer.durability", "database"));
        assertEquals(List.of("buffer.round_buffer.token_model: gpt-4o-mini → memory"),
                changesTo("buffer.round_buffer.token_model", "memory"));
    }

    @Test
    void equalConfigurationsHaveNoChanges() {
        assertEquals(List.of(), ConfigDiff.between(defaults, new ConfigLoader().load()));
    }

    @Test
    void theLabelOfAnUnknownKeyIsTheValue() {
        assertEquals("memory (unsafe: lost when the program dies)", ConfigValues.label("buffer.durability", "memory"));
        assertEquals("memory", ConfigValues.label("buffer.no_such_key", "memory"));
    }

    private List<String> changesTo(String path, String value) {
        return ConfigDiff.between(defaults, ConfigValues.with(defaults, path, value)).stream()
                .map(ConfigChange::toString).toList();
    }
}
