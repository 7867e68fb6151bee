package dev.memfuse.config;

import java.util.List;
import java.util.stream.Collectors;

/// Thrown when a configuration cannot be used. Contains all problems, not only the first.
public final class ConfigException extends RuntimeException {
    private final transient List<ConfigProblem> problems;
    private final String message;

    /// @param problems all problems, at least one
    public ConfigException(List<ConfigProblem> problems) {
        this.problems = List.copyOf(problems);
        message = problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n"));
    }

    /// Returns all problems, in the order of the file.
    public List<ConfigProblem> problems() {
        return problems;
    }

    /// Returns the problems as sentences for the user, one per line.
    @Override
    public String getMessage() {
        return message;
    }
}
