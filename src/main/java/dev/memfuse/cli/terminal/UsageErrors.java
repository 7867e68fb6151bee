package dev.memfuse.cli.terminal;

import java.io.PrintWriter;

import dev.memfuse.log.Secrets;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Prints wrong usage as one sentence and a reference to the help. Does not print the help itself, which would scroll
/// the sentence off the screen.
public final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(Secrets.mask(PrintableText.message(sentence(failure)))));
        boolean suggested = UnmatchedArgumentException.printSuggestions(failure, err);
        if (!suggested) {
            err.println("'" + command.getCommandSpec().qualifiedName() + " --help' lists the options.");
        }
        err.flush();
        return ExitCodes.USAGE;
    }

    private static String sentence(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()) {
            String word = unmatched.getUnmatched().getFirst();
            boolean command = !failure.getCommandLine().getSubcommands().isEmpty();
            return command ? "There is no command '" + word + "'." : "'" + word + "' is not expected here.";
        }
        return String.valueOf(failure.getMessage());
    }
}
