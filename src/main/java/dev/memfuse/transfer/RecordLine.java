package dev.memfuse.transfer;

import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.record.RecordField;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.validation.TimeText;
import dev.memfuse.file.ParserMessages;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Maps records to lines and back. A field without a value is absent from the line.
final class RecordLine {
    static final String TYPE = "type";
    static final JsonMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private RecordLine() {}

    /// Returns the line of a record.
    static String of(UserRecord row) {
        ObjectNode line = MAPPER.createObjectNode().put(TYPE, row.kind().label());
        for (int i = 0; i < row.values().size(); i++) {
            put(line, row.kind().fields().get(i).name(), row.values().get(i));
        }
        return MAPPER.writeValueAsString(line);
    }

    private static void put(ObjectNode line, String name, @Nullable Object value) {
        switch (value) {
            case null -> line.remove(name);
            case Long number -> line.put(name, number);
            case Float number -> line.put(name, number);
            case Boolean flag -> line.put(name, flag);
            case float[] vector -> {
                ArrayNode array = line.putArray(name);
                for (float number : vector) {
                    array.add(number);
                }
            }
            case List<?> list -> {
                ArrayNode array = line.putArray(name);
                list.forEach(entry -> array.add(entry.toString()));
            }
            default -> line.put(name, value.toString());
        }
    }

    /// Parses a line.
    ///
    /// @throws BadLineException when the line is not a JSON object
    static ObjectNode object(String line) {
        try {
            if (MAPPER.readTree(line) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new BadLineException(
                    "This is not JSON: " + ParserMessages.withoutSource(e.getOriginalMessage()) + ".");
        }
        throw new BadLineException("This is not a JSON object.");
    }

    /// Returns the record of a parsed line.
    ///
    /// @throws BadLineException when a field is missing, unknown or of the wrong type
    static UserRecord record(ObjectNode line) {
        RecordKind kind = kind(line);
        Set<String> known = new HashSet<>(Set.of(TYPE));
        List<@Nullable Object> values = new ArrayList<>();
        for (RecordField field : kind.fields()) {
            known.add(field.name());
            values.add(value(line.get(field.name()), field));
        }
        refuseOthers(line, kind.label(), known);
        return new UserRecord(kind, values);
    }

    /// Refuses a line with an unknown field.
    ///
    /// @param type type of the line, for the message
    /// @throws BadLineException when there is one
    static void refuseOthers(ObjectNode line, String type, Set<String> known) {
        line.propertyNames().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new BadLineException("There is no field '" + name + "' in a line of type " + type + ".");
        });
    }

    private static RecordKind kind(ObjectNode line) {
        String type = line.path(TYPE).asString("");
        return Arrays.stream(RecordKind.values()).filter(kind -> kind.label().equals(type)).findFirst()
                .orElseThrow(() -> new BadLineException("There is no type '" + type + "'."));
    }

    private static @Nullable Object value(@Nullable JsonNode node, RecordField field) {
        if (node == null || node.isNull()) {
            if (field.optional()) {
                return null;
            }
            throw new BadLineException("The field '" + field.name() + "' is missing.");
        }
        try {
            return switch (field.type()) {
                case ID -> id(node);
                case TEXT -> text(node);
                case TIME -> TimeText.parse(text(node));
                case NUMBER -> whole(node);
                case REAL -> real(node);
                case FLAG -> flag(node);
                case IDS -> list(node).stream().map(RecordLine::id).toList();
                case TEXTS -> list(node).stream().map(RecordLine::text).toList();
                case VECTOR -> vector(node);
            };
        } catch (IllegalArgumentException | DateTimeParseException e) {
            throw new BadLineException(
                    String.format(Locale.ROOT, "The field '%s' must be %s.", field.name(), describe(field.type())));
        }
    }

    private static String text(JsonNode node) {
        require(node.isString());
        return node.stringValue();
    }

    /// Accepts the canonical form of an id only: two forms of one id would be two ids in the file and one in the store.
    private static UUID id(JsonNode node) {
        UUID id = UUID.fromString(text(node));
        require(id.toString().equals(node.stringValue()));
        return id;
    }

    private static long whole(JsonNode node) {
        require(node.isIntegralNumber() && node.canConvertToLong());
        return node.longValue();
    }

    private static float real(JsonNode node) {
        require(node.isNumber());
        float value = (float) node.doubleValue();
        require(Float.isFinite(value));
        return value;
    }

    private static boolean flag(JsonNode node) {
        require(node.isBoolean());
        return node.booleanValue();
    }

    private static List<JsonNode> list(JsonNode node) {
        require(node.isArray());
        return List.copyOf(node.values());
    }

    private static float[] vector(JsonNode node) {
        List<JsonNode> numbers = list(node);
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = real(numbers.get(i));
        }
        return vector;
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException();
        }
    }

    private static String describe(RecordField.Type type) {
        return switch (type) {
            case ID -> "an id like 019a0000-0000-7000-8000-000000000000";
            case TEXT -> "a text";
            case TIME -> "a time like 2026-01-31T12:00:00Z";
            case NUMBER -> "a whole number";
            case REAL -> "a number";
            case FLAG -> "true or false";
            case IDS -> "a list of ids";
            case TEXTS -> "a list of texts";
            case VECTOR -> "a list of numbers";
        };
    }
}
