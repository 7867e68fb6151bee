package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.CountTable;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.User;
import dev.memfuse.transfer.UserExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Writes all data of a user to a file.
@Command(name = "export", description = "Write all data of a user to a file, one record a line (JSON Lines).",
        exitCodeList = {
                "0:the file is complete", "1:the export failed or was stopped; no file was written",
                "2:wrong usage or configuration"})
public final class ExportCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Option(names = "--user", required = true, paramLabel = "NAME", description = "Name of the user.")
    private String user = "";

    @Option(names = "--out", required = true, paramLabel = "FILE",
            description = "File to write. An existing file is replaced; a name that ends in .gz compresses it.")
    private Path out = Path.of("");

    /// @param terminal receives result and progress
    public ExportCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.name("--user", user);
        standard.outputs().file("--out", out);
        return launcher.run(launch.options(), this::export);
    }

    private int export(HeadlessSession session, StopOnInterrupt interrupt) {
        User found = UserLookup.find(session.memory(), user);
        Map<String, Long> records = new UserExport(session.memory()).write(found.id(), out,
                interrupt.unlessRequested("Stopped. Nothing was exported.", terminal::progress));
        terminal.print(CountTable.lines(records));
        terminal.step("User " + user + " written to " + out);
        return ExitCodes.FINE;
    }
}
