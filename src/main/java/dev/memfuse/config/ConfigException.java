package dev.memfuse.config;

import java.util.List;
import java.util.stream.Collectors;

/// Thrown when a configuration cannot be used. Contains all problems, not only the first.
public final class ConfigException extends RuntimeException {
    /// Number of problems in the message; more than that are counted.
    public static final int SHOWN = 50;

    private final transient List<ConfigProblem> problems;
    private final String message;

    /// @param problems all problems, at least one
    public ConfigException(List<ConfigProblem> problems) {
        this.problems = List.copyOf(problems);
        message = problems.stream().limit(SHOWN).map(ConfigProblem::toString).collect(Collectors.joining("\n"))
                + more(problems.size() - SHOWN);
    }

    private static String more(int hidden) {
        return hidden <= 0 ? "" : "\nand " + hidden + (hidden == 1 ? " more problem" : " more problems");
    }

    /// Returns all problems, in the order of the file.
    public List<ConfigProblem> problems() {
        return problems;
    }

    /// Returns the first problems as sentences for the user, one per line, and the number of the others.
    @Override
    public String getMessage() {
        return message;
    }
}
