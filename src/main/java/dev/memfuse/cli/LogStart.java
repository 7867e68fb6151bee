package dev.memfuse.cli;

import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.cli.command.ProfilesCommand;
import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.option.EmptyValues;
import dev.memfuse.cli.option.LogChoice;
import dev.memfuse.log.LogLocation;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// Refuses empty values, then opens the log file before a command runs, when the command starts something.
final class LogStart implements IExecutionStrategy {
    private final ProgramServices services;
    private LogLocation location = LogLocation.none("The command writes none.");

    LogStart(ProgramServices services) {
        this.services = services;
    }

    /// Returns the path of the log file, or the reason why there is none.
    LogLocation location() {
        return location;
    }

    @Override
    public int execute(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        if (!command.isUsageHelpRequested() && !command.isVersionHelpRequested()) {
            EmptyValues.refuse(command);
            open(command.commandSpec(), parsed.originalArgs());
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private void open(CommandSpec command, List<String> arguments) {
        if (command.userObject() instanceof ProfilesCommand) {
            return;
        }
        Stream.concat(Stream.of(command.userObject()), command.mixins().values().stream().map(CommandSpec::userObject))
                .filter(LogChoice.class::isInstance).map(LogChoice.class::cast).findFirst()
                .ifPresent(choice -> location = services.openLog(choice.dataFolder(), choice.level(), arguments));
    }
}
