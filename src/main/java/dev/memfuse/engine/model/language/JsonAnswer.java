package dev.memfuse.engine.model.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

import dev.memfuse.engine.validation.DerivedText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object in the answer of a language model. The reader accepts surrounding text, code fences, comments and
/// trailing commas; a field that is missing, of another type or outside its bounds is empty.
public final class JsonAnswer {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static final String END_OF_REASONING = "</think>";
    private static final String FENCE = "```";

    private final JsonNode node;

    private JsonAnswer(JsonNode node) {
        this.node = node;
    }

    /// Reads the answer of a model.
    ///
    /// @throws LanguageModelException when it contains no JSON object
    public static JsonAnswer read(String text) {
        int start = start(text);
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

    /// Returns the place of the object: the first brace, or in a text that begins with other words the first one behind
    /// a model's reasoning and behind the code fence, since such words may have braces too.
    private static int start(String text) {
        if (text.stripLeading().startsWith("{")) {
            return text.indexOf('{');
        }
        int reasoned = Math.max(0, text.lastIndexOf(END_OF_REASONING));
        int fenced = text.indexOf('{', Math.max(reasoned, text.indexOf(FENCE, reasoned)));
        return fenced >= 0 ? fenced : text.indexOf('{', reasoned);
    }

    /// Returns the number of a field, also when it is written as a text.
    public OptionalDouble number(String field) {
        return number(node.path(field));
    }

    private static OptionalDouble number(JsonNode value) {
        if (value.isNumber()) {
            return OptionalDouble.of(value.asDouble(Double.NaN));
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

    /// Returns the elements of a required list; an element that is no object has no fields.
    ///
    /// @throws LanguageModelException when the field is missing or no list
    public List<JsonAnswer> list(String field) {
        JsonNode value = node.path(field);
        if (!value.isArray()) {
            throw new LanguageModelException("The answer of the language model has no list \"" + field + "\".", null);
        }
        List<JsonAnswer> found = new ArrayList<>();
        value.forEach(element -> found.add(new JsonAnswer(element)));
        return found;
    }

    /// Returns whether a field is missing or null.
    public boolean lacks(String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull();
    }

    /// Returns the text of a field without surrounding white space, when it is a storable text within a length.
    ///
    /// @param length maximum length in UTF-16 units
    public Optional<String> text(String field, int length) {
        return bounded(node.path(field), length);
    }

    private static Optional<String> bounded(JsonNode value, int length) {
        if (!value.isString()) {
            return Optional.empty();
        }
        String text = value.stringValue().strip();
        return !text.isEmpty() && text.length() <= length && text.equals(DerivedText.storable(text))
                ? Optional.of(text)
                : Optional.empty();
    }

    /// Returns the texts of a list, when it is a list of storable texts within the bounds.
    ///
    /// @param count maximum number of texts
    /// @param length maximum length of each in UTF-16 units
    public Optional<List<String>> texts(String field, int count, int length) {
        JsonNode list = node.path(field);
        List<String> found = new ArrayList<>();
        if (!list.isArray() || list.size() > count) {
            return Optional.empty();
        }
        for (JsonNode element : list) {
            Optional<String> text = bounded(element, length);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            found.add(text.get());
        }
        return Optional.of(found);
    }

    /// Returns the whole number of a field, when it is one within the bounds, also when it is written as a text.
    public OptionalInt whole(String field, int min, int max) {
        return whole(node.path(field), min, max);
    }

    private static OptionalInt whole(JsonNode value, int min, int max) {
        double number = number(value).orElse(Double.NaN);
        return number >= min && number <= max && number == Math.rint(number)
                ? OptionalInt.of((int) number)
                : OptionalInt.empty();
    }

    /// Returns the whole numbers of a list, when it is a list of whole numbers within the bounds.
    public Optional<List<Integer>> wholes(String field, int min, int max) {
        JsonNode list = node.path(field);
        if (!list.isArray()) {
            return Optional.empty();
        }
        List<Integer> found = new ArrayList<>();
        for (JsonNode element : list) {
            OptionalInt number = whole(element, min, max);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            found.add(number.getAsInt());
        }
        return Optional.of(found);
    }

    /// Returns the object of a field; an empty one when there is none.
    public JsonAnswer object(String field) {
        return new JsonAnswer(node.path(field));
    }
}
