package dev.memfuse.load.dataset;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.TextCheck;
import tools.jackson.databind.JsonNode;

/// Reads values of one object of a data set and reports those that cannot be used, with file and place.
final class SampleReader {
    /// Leaves room for what a load adds to a name.
    private static final int MAX_NAME_BYTES = TextCheck.MAX_NAME_BYTES - 100;

    private final String source;
    private final Problems problems;

    /// @param source name of the file and place of the object, for messages to the user
    SampleReader(String source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /// Reports a value that cannot be used.
    ///
    /// @param arguments of the format
    @SuppressWarnings("AnnotateFormatMethod") // an annotation of the build, which the program does not depend on
    void refuse(String format, Object... arguments) {
        problems.refuse(source + ": " + String.format(Locale.ROOT, format, arguments) + ".");
    }

    /// Reports a peculiarity.
    @SuppressWarnings("AnnotateFormatMethod") // an annotation of the build, which the program does not depend on
    void note(String format, Object... arguments) {
        problems.note(source + ": " + String.format(Locale.ROOT, format, arguments) + ".");
    }

    /// Returns a text with a visible character; empty when there is none, which is reported.
    Optional<String> text(JsonNode parent, String key, String place) {
        JsonNode value = parent.path(key);
        if (!value.isString() || value.stringValue().isBlank()) {
            refuse("%s\"%s\" is missing or not text", place.isEmpty() ? "" : place + ": ", key);
            return Optional.empty();
        }
        return Optional.of(value.stringValue());
    }

    /// Returns a name of a user or session; empty when the engine would refuse it with the additions of a load, which
    /// is reported.
    Optional<String> name(String place, String name) {
        return accepted(() -> TextCheck.atMost(MAX_NAME_BYTES, place, TextCheck.name(place, name),
                "Choose a shorter name."));
    }

    /// Returns the result of a check that the engine makes too; empty when it refuses the value, which is reported.
    <T> Optional<T> accepted(Supplier<T> check) {
        try {
            return Optional.of(check.get());
        } catch (InvalidValueException e) {
            problems.refuse(new InvalidValueException(e.field(), source + ", " + e.getMessage()));
            return Optional.empty();
        }
    }
}
