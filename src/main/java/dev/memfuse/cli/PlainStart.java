package dev.memfuse.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.log.LogLocation;
import picocli.CommandLine;

/// The start from a desktop: opens the window when the command line is empty or names a data folder only. There is
/// nothing to parse then, and the model of all commands takes longer to build than the window takes to open (ADR 0059).
final class PlainStart {
    private static final String FOLDER = "--data-dir";

    private PlainStart() {}

    /// Returns the options of such a command line; empty for any other one, also for one that is wrong.
    static Optional<LaunchOptions> options(String... arguments) {
        if (arguments.length == 0) {
            return Optional.of(LaunchOptions.DEFAULT);
        }
        boolean folder = arguments.length == 2 && arguments[0].equals(FOLDER) && !arguments[1].isBlank()
                && !arguments[1].startsWith("-");
        try {
            return folder ? Optional.of(LaunchOptions.DEFAULT.withDataDir(Path.of(arguments[1]))) : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// Opens the window; blocks until it is closed.
    ///
    /// @return the exit code
    static int run(ProgramServices services, Terminal terminal, LaunchOptions options, String... arguments) {
        LogLocation log = services.openLog(options.dataDir(), Optional.empty(), List.of(arguments));
        ExitCodes exits = new ExitCodes(terminal, () -> log);
        try {
            return services.openWindow(options);
        } catch (Exception e) {
            return exits.failed(e, CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.AUTO));
        } catch (Throwable e) {
            return exits.unexpected(e);
        }
    }
}
