package dev.memfuse.cli.option;

import java.util.Objects;
import java.util.function.Supplier;

import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.validation.TextCheck;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options and checks of every command, as a mixin: `--help`, `--version`, and wrong usage as an error.
@Command(mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
        exitCodeListHeading = "%nExit codes:%n")
public final class StandardOptions {
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private CommandSpec command() {
        return Objects.requireNonNull(command, "set by picocli");
    }

    /// Requires that the arguments of the command are valid.
    ///
    /// @param valid the result of a check
    /// @param sentence printed to the user when the check failed
    /// @throws ParameterException when the check failed
    public void require(boolean valid, String sentence) {
        if (!valid) {
            throw new ParameterException(command().commandLine(), sentence);
        }
    }

    /// Requires that a check of a value passes.
    ///
    /// @param check throws an [InvalidValueException] at a wrong value
    /// @throws ParameterException with the sentence of that exception
    public <T> T valid(Supplier<T> check) {
        try {
            return check.get();
        } catch (InvalidValueException e) {
            throw new ParameterException(command().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /// Requires that a name can be one that is stored.
    ///
    /// @param label the option or parameter, for instance `--user`
    /// @throws ParameterException when it cannot be
    public void name(String label, @Nullable String name) {
        if (name != null) {
            String _ = valid(() -> TextCheck.name(label, name));
        }
    }

    /// Returns the checks of output paths of the command.
    public OutputFiles outputs() {
        return new OutputFiles(command().commandLine());
    }
}
