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

/// What reading some input brought to light: the values of known keys, and the problems.
final class ParseResult {
    private final Map<String, Found> values = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    /// A value and where it stands.
    record Found(Object value, Position position) {}

    /// Takes a value for a known key, or notes why it cannot be taken.
    void value(ConfigKey key, Scalar scalar, Position position) {
        Found earlier = values.get(key.path());
        if (earlier != null) {
            problem(key.path(), "set twice; the other place is " + earlier.position(), position);
            return;
        }
        switch (scalar.read(key)) {
            case ScalarResult.Value(Object value) -> values.put(key.path(), new Found(value, position));
            case ScalarResult.Fault(String sentence) -> problem(key.path(), sentence, position);
        }
    }

    void problem(String path, String message, Position position) {
        problems.add(new ConfigProblem(path, message, Optional.of(position)));
    }

    /// Notes a problem of a file as a whole.
    void problem(String message) {
        problems.add(new ConfigProblem("", message, Optional.empty()));
    }

    Map<String, Found> values() {
        return values;
    }

    List<ConfigProblem> problems() {
        return problems;
    }
}
