package dev.memfuse.cli.option;

import java.util.List;

import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Refuses options and parameters whose value is empty or blank. A script whose variable is not set would otherwise
/// write into the working folder or choose the embedded database.
public final class EmptyValues {
    private EmptyValues() {}

    /// Requires a value wherever the command line has a place for one.
    ///
    /// @throws ParameterException when one is empty or blank
    public static void refuse(ParseResult command) {
        command.matchedOptions().forEach(option -> refuse(command, option, option.longestName()));
        command.matchedPositionals().forEach(argument -> refuse(command, argument, argument.paramLabel()));
    }

    private static void refuse(ParseResult command, ArgSpec argument, String name) {
        List<String> values = argument.originalStringValues();
        boolean takesValue = !(argument instanceof OptionSpec) || argument.arity().max() > 0;
        if (takesValue && values.stream().anyMatch(String::isBlank)) {
            throw new ParameterException(command.commandSpec().commandLine(),
                    name + " needs a value that is not empty.");
        }
    }
}
