package dev.memfuse.config.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.ConfigProblem.Position;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.Scalar;
import dev.memfuse.config.schema.ScalarResult;

/// Collects what the parsing of one or several inputs yields: the values of known keys, and the problems.
final class ParseResult {
    private final Map<String, ParsedValue> values = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    /// A value and its position.
    record ParsedValue(Object value, Position position) {}

    /// Adds the value of a known key, or a problem when the key does not accept it or has a value already.
    void addValue(ConfigKey key, Scalar scalar, Position position) {
        ParsedValue first = values.get(key.path());
        if (first != null) {
            addProblem(key.path(), "set twice; the other place is " + first.position(), position);
            return;
        }
        switch (scalar.read(key.range())) {
            case ScalarResult.Value(Object value) -> values.put(key.path(), new ParsedValue(value, position));
            case ScalarResult.Problem(String sentence) -> addProblem(key.path(), sentence, position);
        }
    }

    /// Adds a problem at a position.
    void addProblem(String path, String message, Position position) {
        problems.add(new ConfigProblem(path, message, Optional.of(position)));
    }

    /// Adds a problem of a file or folder as a whole.
    void addProblem(String message) {
        problems.add(new ConfigProblem("", message, Optional.empty()));
    }

    Map<String, ParsedValue> values() {
        return values;
    }

    List<ConfigProblem> problems() {
        return problems;
    }
}
