package dev.memfuse.config;

import java.util.List;
import java.util.stream.Collectors;

/// A configuration that cannot be used. Carries every problem found, not only the first.
public final class ConfigException extends RuntimeException {
    private final transient List<ConfigProblem> problems;

    public ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /// All problems, in the order of the file.
    public List<ConfigProblem> problems() {
        return problems;
    }
}
