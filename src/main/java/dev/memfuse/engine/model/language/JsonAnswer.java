package dev.memfuse.engine.model.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object that a language model wrote. Read tolerantly: words around it, fences of a code block, comments and
/// trailing commas are no reason to ask again, and a field that is not there or is of another kind is empty.
public final class JsonAnswer {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final JsonNode node;

    private JsonAnswer(JsonNode node) {
        this.node = node;
    }

    /// Reads what a model wrote.
    ///
    /// @throws LanguageModelException when there is no JSON object in it
    public static JsonAnswer read(String text) {
        int start = text.indexOf('{');
        int end = text.lastIndexOf('}');
        if (start < 0 || end < start) {
            throw new LanguageModelException("The language model's answer holds no JSON.", null);
        }
        try {
            return new JsonAnswer(MAPPER.readTree(text.substring(start, end + 1)));
        } catch (JacksonException e) {
            throw new LanguageModelException("The language model's answer is not the JSON that was asked for.", e);
        }
    }

    /// The text of a field, without space around it; empty when there is none.
    public Optional<String> text(String field) {
        JsonNode value = node.path(field);
        return value.isString() && !value.stringValue().isBlank()
                ? Optional.of(value.stringValue().strip())
                : Optional.empty();
    }

    /// The number of a field, also when it was written as a text.
    public OptionalDouble number(String field) {
        JsonNode value = node.path(field);
        if (value.isNumber()) {
            return OptionalDouble.of(value.doubleValue());
        }
        try {
            return value.isString() ? OptionalDouble.of(Double.parseDouble(value.stringValue().strip())) : none();
        } catch (NumberFormatException _) {
            return none();
        }
    }

    private static OptionalDouble none() {
        return OptionalDouble.empty();
    }

    /// The objects in a list; things of another kind are left out.
    public List<JsonAnswer> objects(String field) {
        List<JsonAnswer> found = new ArrayList<>();
        node.path(field).forEach(element -> {
            if (element.isObject()) {
                found.add(new JsonAnswer(element));
            }
        });
        return found;
    }

    /// The texts in a list.
    public List<String> texts(String field) {
        List<String> found = new ArrayList<>();
        node.path(field).forEach(element -> {
            if (element.isString() && !element.stringValue().isBlank()) {
                found.add(element.stringValue().strip());
            }
        });
        return found;
    }

    /// The whole numbers in a list.
    public List<Integer> numbers(String field) {
        List<Integer> found = new ArrayList<>();
        node.path(field).forEach(element -> {
            if (element.isNumber()) {
                found.add(element.intValue());
            }
        });
        return found;
    }

    /// The object of a field; an empty one when there is none.
    public JsonAnswer object(String field) {
        return new JsonAnswer(node.path(field));
    }
}
