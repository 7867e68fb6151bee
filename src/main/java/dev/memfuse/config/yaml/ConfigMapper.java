package dev.memfuse.config.yaml;

import java.math.BigDecimal;
import java.time.Duration;

import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.EnumNamingStrategies;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLReadFeature;

/// Configures Jackson for strict reading. Every relevant flag is set here, even to its current default: Jackson 3
/// changed several defaults (ADR 0003).
final class ConfigMapper {
    private ConfigMapper() {}

    /// Returns a factory of YAML parsers: a key without a value is null (`""` is an empty text), and only decimal
    /// numbers are numbers.
    static YAMLFactory yaml() {
        return YAMLFactory.builder().enable(YAMLReadFeature.EMPTY_STRING_AS_NULL)
                .disable(YAMLReadFeature.EMPTY_DOCUMENT_AS_EMPTY_OBJECT, YAMLReadFeature.PARSE_OCTAL_NUMBERS).build();
    }

    /// Returns a mapper that binds YAML in snake_case to records and rejects every value of another type, missing value
    /// and unknown key.
    static YAMLMapper strict() {
        return YAMLMapper.builder(yaml()).propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enumNamingStrategy(EnumNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS,
                        MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                .withCoercionConfig(LogicalType.Textual, ConfigMapper::rejectNumbers)
                .addModule(new SimpleModule().addDeserializer(Duration.class, new Seconds())).build();
    }

    /// Rejects numbers and booleans where a text is expected; Jackson's flag for coercions does not cover them.
    private static void rejectNumbers(MutableCoercionConfig text) {
        text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /// Reads durations as a whole or decimal number of seconds. Jackson's own deserializer depends on a flag for dates.
    private static final class Seconds extends ValueDeserializer<Duration> {
        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) {
            if (!parser.currentToken().isNumeric()) {
                return context.reportInputMismatch(Duration.class, "expected a number of seconds");
            }
            BigDecimal seconds = parser.getDecimalValue();
            return Duration.ofNanos(seconds.movePointRight(9).longValue());
        }
    }
}
