package dev.memfuse.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// All options of the program that take a value, for tests of every one of them.
public final class ProgramOptions {
    private ProgramOptions() {}

    /// An option of a command.
    ///
    /// @param command words of the command; empty for the program itself
    /// @param option longest name, for instance `--data-dir`
    public record CommandOption(String command, String option) {}

    /// Returns the options with a value of all commands.
    public static List<CommandOption> withValue(ProgramServices services) {
        CommandLine line = MemFuseCommand.line(services,
                new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false));
        List<CommandOption> options = new ArrayList<>();
        collect(line, "", options);
        return options;
    }

    private static void collect(CommandLine line, String command, List<CommandOption> options) {
        line.getCommandSpec().options().stream().filter(option -> option.arity().max() > 0)
                .map(OptionSpec::longestName).forEach(name -> options.add(new CommandOption(command, name)));
        line.getSubcommands()
                .forEach((name, child) -> collect(child, (command + " " + name).strip(), options));
    }
}
