package dev.memfuse.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.CountTable;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.transfer.UserImport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Creates a user from an exported file.
@Command(name = "import", description = "Create a user from a file that 'export' wrote: all of it, or nothing.",
        exitCodeList = {
                "0:the user was created", "1:the import failed or was stopped; nothing was imported",
                "2:wrong usage or configuration"})
public final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Parameters(paramLabel = "FILE", description = "File to read; a compressed one is recognized by its content.")
    private Path file = Path.of("");

    @Option(names = "--as", paramLabel = "NAME", description = "Name of the new user (default: the exported name).")
    private @Nullable String name;

    /// @param terminal receives result and progress
    public ImportCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.require(Files.isReadable(file), "The file " + file + " cannot be read.");
        standard.require(!Files.isDirectory(file), file + " is a folder; name a file.");
        standard.name("--as", name);
        UserImport.requireExport(file);
        return launcher.run(launch.options(), this::read);
    }

    private int read(HeadlessSession session, StopOnInterrupt interrupt) {
        UserImport.Result result = new UserImport(session.memory()).read(file, name,
                interrupt.unlessRequested("Stopped. Nothing was imported.", terminal::progress));
        terminal.print(CountTable.lines(result.records()));
        terminal.step("User " + result.user().name() + " imported from " + file);
        if (result.checksum() != UserImport.Checksum.MATCHES) {
            terminal.step("Note: the file has no checksum, because "
                    + (result.checksum() == UserImport.Checksum.REMOVED
                            ? "it was removed after the export"
                            : "an earlier version wrote it")
                    + ". Changes of its texts and numbers could not be detected. A new export has one.");
        }
        return ExitCodes.FINE;
    }
}
