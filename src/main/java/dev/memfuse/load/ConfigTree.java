package dev.memfuse.load;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.config.MemFuseConfig;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/// A configuration as a tree of YAML keys, for results: durations in seconds, choices in lower case.
final class ConfigTree {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule().addSerializer(new SecondsSerializer()).addSerializer(new LowerCaseEnum()))
            .build();

    private ConfigTree() {}

    static Map<String, Object> of(MemFuseConfig config) {
        return MAPPER.convertValue(config, new TypeReference<Map<String, Object>>() {});
    }

    private static final class SecondsSerializer extends StdSerializer<Duration> {
        SecondsSerializer() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator json, SerializationContext context) {
            if (value.toMillisPart() == 0) {
                json.writeNumber(value.toSeconds());
            } else {
                json.writeNumber(value.toMillis() / 1000.0);
            }
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class LowerCaseEnum extends StdSerializer<Enum> {
        LowerCaseEnum() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator json, SerializationContext context) {
            json.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }
}
