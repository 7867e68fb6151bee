package dev.memfuse.server.mcp.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A parameter of a tool: describes itself and checks its value.
///
/// @param description a sentence for the language model
/// @param required whether a call without it is wrong
/// @param min minimum of a number, or minimum length of a text or list
/// @param max maximum of a number, or maximum length of a list
/// @param values permitted texts; empty permits all
record Parameter(String name, Type type, String description, boolean required, int min, int max, List<String> values) {
    private static final int MAX_ELEMENTS = 1_000;

    /// Type of a value.
    enum Type {
        TEXT,
        WHOLE,
        NUMBER,
        FLAG,
        TEXTS,
        MESSAGES
    }

    static Parameter text(String name, String description) {
        return new Parameter(name, Type.TEXT, description, false, 1, 0, List.of());
    }

    static Parameter choice(String name, String description, List<String> values) {
        return new Parameter(name, Type.TEXT, description, false, 1, 0, values);
    }

    /// A whole number of a range.
    static Parameter whole(String name, String description, int min, int max) {
        return new Parameter(name, Type.WHOLE, description, false, min, max, List.of());
    }

    /// A number of a range.
    static Parameter number(String name, String description, int min, int max) {
        return new Parameter(name, Type.NUMBER, description, false, min, max, List.of());
    }

    static Parameter flag(String name, String description) {
        return new Parameter(name, Type.FLAG, description, false, 0, 0, List.of());
    }

    /// A list of texts.
    ///
    /// @param values permitted texts; empty permits all
    static Parameter texts(String name, String description, List<String> values) {
        return new Parameter(name, Type.TEXTS, description, false, 1, MAX_ELEMENTS, values);
    }

    /// A list of messages, each with a role and a content.
    static Parameter messages(String name, String description) {
        return new Parameter(name, Type.MESSAGES, description, false, 1, MAX_ELEMENTS, List.of());
    }

    /// Returns the parameter as a required one.
    Parameter needed() {
        return new Parameter(name, type, description, true, min, max, values);
    }

    /// Checks a value.
    ///
    /// @throws ArgumentException when the value is wrong
    void check(Object value) {
        switch (type) {
            case TEXT -> text(name, value);
            case WHOLE -> requireNumber(value, "a whole number", true);
            case NUMBER -> requireNumber(value, "a number", false);
            case FLAG -> require(value instanceof Boolean, name + " must be true or false.");
            case TEXTS -> elements(value, "texts").forEach(element -> text("Each element of " + name, element));
            case MESSAGES -> elements(value, "messages").forEach(Messages::check);
        }
    }

    private void text(String subject, Object value) {
        require(value instanceof String text && !text.isBlank(), subject + " must be a text that is not blank.");
        require(values.isEmpty() || values.contains(value),
                subject + " must be one of: " + String.join(", ", values) + ".");
    }

    private List<?> elements(Object value, String kind) {
        require(value instanceof List<?> list && list.size() >= min && list.size() <= max,
                name + " must be a list of " + min + " to " + max + " " + kind + ".");
        return (List<?>) value;
    }

    private void requireNumber(Object value, String kind, boolean whole) {
        String sentence = name + " must be " + kind + " from " + min + " to " + max + ".";
        require(value instanceof Number, sentence);
        double number = ((Number) value).doubleValue();
        // A number such as 5.0 is whole too.
        require(number >= min && number <= max && (!whole || number == Math.rint(number)), sentence);
    }

    private static void require(boolean valid, String sentence) {
        if (!valid) {
            throw new ArgumentException(sentence);
        }
    }

    /// Returns the JSON schema.
    Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (type) {
            case TEXT -> {
                schema.put("type", "string");
                schema.put("minLength", min);
                permitted(schema);
            }
            case WHOLE, NUMBER -> {
                schema.put("type", type == Type.WHOLE ? "integer" : "number");
                schema.put("minimum", min);
                schema.put("maximum", max);
            }
            case FLAG -> schema.put("type", "boolean");
            case TEXTS -> {
                Map<String, Object> items = new LinkedHashMap<>();
                items.put("type", "string");
                permitted(items);
                list(schema, items);
            }
            case MESSAGES -> list(schema, Messages.schema());
        }
        schema.put("description", description);
        return schema;
    }

    private void permitted(Map<String, Object> schema) {
        if (!values.isEmpty()) {
            schema.put("enum", values);
        }
    }

    private void list(Map<String, Object> schema, Map<String, Object> items) {
        schema.put("type", "array");
        schema.put("items", items);
        schema.put("minItems", min);
        schema.put("maxItems", max);
    }
}
