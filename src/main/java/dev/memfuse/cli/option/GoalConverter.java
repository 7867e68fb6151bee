package dev.memfuse.cli.option;

import dev.memfuse.lab.tune.Goal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Converts the goal of a tuning.
public final class GoalConverter implements ITypeConverter<Goal> {
    @Override
    public Goal convert(String text) {
        try {
            return Goal.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
