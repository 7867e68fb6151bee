package dev.memfuse.engine.model.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import dev.memfuse.engine.validation.DerivedText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object in the answer of a language model. The reader is tolerant: it accepts surrounding text, code fences,
/// comments and trailing commas, and treats missing fields and fields of another type as empty.
public final class JsonAnswer {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final JsonNode node;

    private JsonAnswer(JsonNode node) {
        this.node = node;
    }

    /// Reads the answer of a model.
    ///
    /// @throws LanguageModelException when it contains no JSON object
    public static JsonAnswer read(String text) {
        int start = text.indexOf('{');
        int end = text.lastIndexOf('}');
        if (start < 0 || end < start) {
            throw new LanguageModelException("The answer of the language model contains no JSON.", null);
        }
        try {
            return new JsonAnswer(MAPPER.readTree(text.substring(start, end + 1)));
        } catch (JacksonException e) {
            throw new LanguageModelException("The answer of the language model is not valid JSON.", e);
        }
    }

    /// Returns the text of a field without surrounding white space; empty when there is none.
    public Optional<String> text(String field) {
        JsonNode value = node.path(field);
        return value.isString() && !value.stringValue().isBlank()
                ? Optional.of(DerivedText.storable(value.stringValue().strip()))
                : Optional.empty();
    }

    /// Returns the number of a field, also when it is written as a text.
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

    /// Returns the objects in a list; other elements are ignored.
    public List<JsonAnswer> objects(String field) {
        List<JsonAnswer> found = new ArrayList<>();
        node.path(field).forEach(element -> {
            if (element.isObject()) {
                found.add(new JsonAnswer(element));
            }
        });
        return found;
    }

    /// Returns the texts in a list; other elements are ignored.
    public List<String> texts(String field) {
        List<String> found = new ArrayList<>();
        node.path(field).forEach(element -> {
            if (element.isString() && !element.stringValue().isBlank()) {
                found.add(DerivedText.storable(element.stringValue().strip()));
            }
        });
        return found;
    }

    /// Returns the numbers in a list as integers; other elements are ignored.
    public List<Integer> numbers(String field) {
        List<Integer> found = new ArrayList<>();
        node.path(field).forEach(element -> {
            if (element.isNumber()) {
                found.add(element.intValue());
            }
        });
        return found;
    }

    /// Returns the object of a field; an empty one when there is none.
    public JsonAnswer object(String field) {
        return new JsonAnswer(node.path(field));
    }
}
