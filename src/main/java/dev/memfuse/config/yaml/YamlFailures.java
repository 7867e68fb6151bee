package dev.memfuse.config.yaml;

import java.util.Locale;
import java.util.Optional;

import dev.memfuse.config.ConfigProblem.Position;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/// Describes what is wrong with a text that is not valid YAML, and where. The libraries keep the place in different
/// forms, or not at all.
final class YamlFailures {
    private YamlFailures() {}

    static String reason(JacksonException failure) {
        return switch (failure) {
            case StreamConstraintsException _ -> "nested too deep, or a name or number that is too long";
            default -> "not valid YAML: " + detail(failure);
        };
    }

    private static String detail(JacksonException failure) {
        if (failure.getCause() instanceof MarkedYamlEngineException yaml) {
            @Nullable
            String context = yaml.getContext();
            return yaml.getProblem() + (context == null ? "" : " (" + context + beginning(yaml) + ")");
        }
        if (failure.getCause() instanceof YamlVersionException version) {
            return String.format(Locale.ROOT, "version %d.%d of YAML is not known", version.getSpecVersion().getMajor(),
                    version.getSpecVersion().getMinor());
        }
        return failure.getOriginalMessage();
    }

    private static String beginning(MarkedYamlEngineException yaml) {
        return yaml.getContextMark().map(mark -> " that begins in line " + (mark.getLine() + 1)).orElse("");
    }

    /// Returns the position of the wrong character; Jackson's own location is that of the previous token.
    static Position position(String file, String text, JsonParser parser, JacksonException failure) {
        if (failure.getCause() instanceof ReaderException character) {
            return ofCodePoint(file, text, character.getPosition());
        }
        Optional<Mark> mark = failure.getCause() instanceof MarkedYamlEngineException yaml
                ? yaml.getProblemMark()
                : Optional.empty();
        return mark.map(at -> new Position(file, at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> ofLocation(file, failure.getLocation() == null
                        ? parser.currentLocation()
                        : failure.getLocation()));
    }

    private static Position ofLocation(String file, @Nullable TokenStreamLocation location) {
        return location == null
                ? new Position(file, 1, 1)
                : new Position(file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }

    /// @param index number of code points before the character
    private static Position ofCodePoint(String file, String text, int index) {
        int line = 1;
        int column = 1;
        int count = Math.min(index, text.codePointCount(0, text.length()));
        for (int at = 0, seen = 0; seen < count; seen++) {
            int codePoint = text.codePointAt(at);
            at += Character.charCount(codePoint);
            if (codePoint == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Position(file, line, column);
    }
}
