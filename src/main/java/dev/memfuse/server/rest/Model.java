package dev.memfuse.server.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.memfuse.server.rest.ModelException.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The model of a JSON object: checks bodies and describes itself. Unknown fields are ignored, as the original does;
/// types are not converted.
///
/// @param name name of the schema
record Model(String name, List<Field> fields) {

    /// Type of a field.
    enum Type {
        STRING,
        INTEGER,
        BOOLEAN,
        OBJECT,
        STRINGS,
        MODELS
    }

    /// A field.
    ///
    /// @param required whether a body without it violates the model
    /// @param nullable whether null stands for its absence
    /// @param minLength minimum length of a string
    /// @param values permitted strings; empty permits all
    /// @param items model of the elements of [Type#MODELS]; null otherwise
    record Field(String name, Type type, boolean required, boolean nullable, int minLength, List<String> values,
            @Nullable Model items) {}

    /// Model of the creation of what has a name and a description.
    static Model creation(String name) {
        return new Model(name, List.of(filled("name"), optional("description", Type.STRING)));
    }

    /// Model of a change of what has a name and a description.
    static Model change(String name) {
        return new Model(name, List.of(optional("name", Type.STRING), optional("description", Type.STRING)));
    }

    static Field required(String name, Type type) {
        return new Field(name, type, true, false, 0, List.of(), null);
    }

    /// A string of at least one character.
    static Field filled(String name) {
        return new Field(name, Type.STRING, true, false, 1, List.of(), null);
    }

    static Field optional(String name, Type type) {
        return new Field(name, type, false, true, 0, List.of(), null);
    }

    /// An optional string that has at least one character when it is there.
    static Field optionalFilled(String name) {
        return new Field(name, Type.STRING, false, true, 1, List.of(), null);
    }

    /// A field with a default, which null does not stand for.
    static Field defaulted(String name, Type type) {
        return new Field(name, type, false, false, 0, List.of(), null);
    }

    static Field choice(String name, boolean required, List<String> values) {
        return new Field(name, Type.STRING, required, !required, 0, values, null);
    }

    static Field models(String name, Model items) {
        return new Field(name, Type.MODELS, true, false, 0, List.of(), items);
    }

    /// Checks a body.
    ///
    /// @throws ModelException with all violations, at most 100
    Body check(JsonNode node) {
        List<Violation> violations = new ArrayList<>();
        check(node, List.of("body"), violations);
        if (!violations.isEmpty()) {
            throw new ModelException(violations.subList(0, Math.min(100, violations.size())));
        }
        return new Body(node);
    }

    private void check(JsonNode node, List<Object> at, List<Violation> violations) {
        if (!node.isObject()) {
            violations.add(new Violation("model_attributes_type", at, "Input should be a valid object"));
            return;
        }
        for (Field field : fields) {
            JsonNode value = node.get(field.name());
            List<Object> place = append(at, field.name());
            if (value == null) {
                if (field.required()) {
                    violations.add(new Violation("missing", place, "Field required"));
                }
            } else if (!value.isNull() || !field.nullable()) {
                check(field, value, place, violations);
            }
        }
    }

    private static List<Object> append(List<Object> at, Object next) {
        List<Object> place = new ArrayList<>(at);
        place.add(next);
        return place;
    }

    private static void check(Field field, JsonNode value, List<Object> at, List<Violation> violations) {
        switch (field.type()) {
            case STRING -> text(field, value, at, violations);
            case INTEGER -> require(isInteger(value), "int_type", "Input should be a valid integer", at, violations);
            case BOOLEAN -> require(value.isBoolean(), "bool_type", "Input should be a valid boolean", at, violations);
            case OBJECT -> require(value.isObject(), "dict_type", "Input should be a valid object", at, violations);
            case STRINGS -> {
                require(value.isArray(), "list_type", "Input should be a valid list", at, violations);
                for (int i = 0; value.isArray() && i < value.size(); i++) {
                    require(value.get(i).isString(), "string_type", "Input should be a valid string", append(at, i),
                            violations);
                }
            }
            case MODELS -> {
                require(value.isArray(), "list_type", "Input should be a valid list", at, violations);
                for (int i = 0; value.isArray() && i < value.size() && field.items() != null; i++) {
                    field.items().check(value.get(i), append(at, i), violations);
                }
            }
        }
    }

    private static void text(Field field, JsonNode value, List<Object> at, List<Violation> violations) {
        if (!value.isString()) {
            violations.add(new Violation("string_type", at, "Input should be a valid string"));
        } else if (!field.values().isEmpty() && !field.values().contains(value.stringValue())) {
            violations.add(new Violation("enum", at,
                    "Input should be one of: " + String.join(", ", field.values())));
        } else if (value.stringValue().length() < field.minLength()) {
            violations.add(new Violation("string_too_short", at, String.format(Locale.ROOT,
                    "String should have at least %d character", field.minLength())));
        }
    }

    /// A number such as 5.0 is an integer too.
    private static boolean isInteger(JsonNode value) {
        return value.isIntegralNumber()
                || (value.isNumber() && Double.isFinite(value.doubleValue())
                        && value.doubleValue() == Math.rint(value.doubleValue()));
    }

    private static void require(boolean valid, String type, String message, List<Object> at,
            List<Violation> violations) {
        if (!valid) {
            violations.add(new Violation(type, at, message));
        }
    }

    /// Returns the JSON schema.
    Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        fields.forEach(field -> properties.put(field.name(), schema(field)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> names = fields.stream().filter(Field::required).map(Field::name).toList();
        if (!names.isEmpty()) {
            schema.put("required", names);
        }
        return schema;
    }

    private static Map<String, Object> schema(Field field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        String type = switch (field.type()) {
            case STRING -> "string";
            case INTEGER -> "integer";
            case BOOLEAN -> "boolean";
            case OBJECT -> "object";
            case STRINGS, MODELS -> "array";
        };
        schema.put("type", field.nullable() ? List.of(type, "null") : type);
        if (field.minLength() > 0) {
            schema.put("minLength", field.minLength());
        }
        if (!field.values().isEmpty()) {
            List<@Nullable Object> values = new ArrayList<>(field.values());
            if (field.nullable()) {
                values.add(null);
            }
            schema.put("enum", values);
        }
        if (field.type() == Type.STRINGS) {
            schema.put("items", Map.of("type", "string"));
        } else if (field.items() != null) {
            schema.put("items", field.items().schema());
        }
        return schema;
    }
}
