package dev.memfuse.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;

import dev.memfuse.config.section.ChunkStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ConfigMapperTest {
    private final YAMLMapper mapper = ConfigMapper.strict();

    record Sample(int maxSize, Duration pause, ChunkStrategy strategy, String name, boolean flag) {}

    @Test
    void matchingValuesAreBound() {
        assertEquals(new Sample(5, Duration.ofMillis(1500), ChunkStrategy.TOKEN_BASED, "", true),
                bind("{max_size: 5, pause: 1.5, strategy: token_based, name: \"\", flag: true}"));
        assertEquals(Duration.ofSeconds(30),
                bind("{max_size: 5, pause: 30, strategy: message, name: a, flag: true}").pause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{max_size: 5, pause: 1, strategy: message, name: a, flag: true, more: 1}", // unknown
            "{max_size: 5, pause: 1, strategy: message, name: a}", // a primitive is missing
            "{max_size: 5, pause: 1, strategy: message, flag: true}", // an object is missing
            "{max_size: 5, pause: 1, strategy: message, name: , flag: true}", // null
            "{max_size: , pause: 1, strategy: message, name: a, flag: true}", // null for a primitive
            "{maxSize: 5, pause: 1, strategy: message, name: a, flag: true}", // camelCase
            "{Max_Size: 5, pause: 1, strategy: message, name: a, flag: true}", // upper case
            "{max_size: 5.5, pause: 1, strategy: message, name: a, flag: true}", // decimal for whole
            "{max_size: \"5\", pause: 1, strategy: message, name: a, flag: true}", // text for number
            "{max_size: 5, pause: PT1S, strategy: message, name: a, flag: true}", // not seconds
            "{max_size: 5, pause: 1, strategy: MESSAGE, name: a, flag: true}", // not the word of the choice
            "{max_size: 5, pause: 1, strategy: 0, name: a, flag: true}", // index of the choice
            "{max_size: 5, pause: 1, strategy: message, name: 1, flag: true}", // number for text
            "{max_size: 5, pause: 1, strategy: message, name: a, flag: 1}", // number for flag
            "{max_size: 5, pause: 1, strategy: message, name: a, flag: true, flag: true}", // twice
            "{max_size: 5, pause: 1, strategy: message, name: a, flag: true}\n---\n{}" // a second document
    })
    void everyMismatchIsRejected(String yaml) {
        assertThrows(JacksonException.class, () -> bind(yaml));
    }

    private Sample bind(String yaml) {
        return mapper.readValue(yaml, Sample.class);
    }
}
