package dev.memfuse.config;

import java.util.List;
import java.util.stream.Collectors;

/// A configuration that cannot be used. Carries every problem found, not only the first.
public final class ConfigException extends RuntimeException {
    private final transient List<ConfigProblem> problems;
    private final String message;

    public ConfigException(List<ConfigProblem> problems) {
        this.problems = List.copyOf(problems);
        message = problems.stream().map(ConfigProblem::toString).collect(Collectors.joining("\n"));
    }

    /// All problems, in the order of the file.
    public List<ConfigProblem> problems() {
        return problems;
    }

    /// The problems as sentences for the user, one per line.
    @Override
    public String getMessage() {
        return message;
    }
}
