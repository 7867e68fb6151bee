package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.ProgramVersion;
import dev.memfuse.cli.terminal.CountTable;
import dev.memfuse.cli.terminal.DistinctLines;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.OutputFiles;
import dev.memfuse.cli.terminal.RecordProgress;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.transfer.UserExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Writes one user into a file.
@Command(name = "export", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "Write everything of one user into a file, one record a line (JSON Lines).", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:the file is complete", "1:it failed or was stopped; there is no file", "2:wrong usage or configuration"})
public final class ExportCommand implements Callable<Integer> {
    private final ProgramServices application;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    @Option(names = "--user", required = true, paramLabel = "NAME", description = "The user.")
    private String user = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file; replaced when it exists, compressed when its name ends in .gz.")
    private Path out = Path.of("");

    public ExportCommand(ProgramServices application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (spec != null) {
            new OutputFiles(spec.commandLine()).file("--out", out);
        }
        try (StopOnInterrupt interrupt = new StopOnInterrupt(() -> {});
                HeadlessSession engine = application.start(launch.options(), new DistinctLines(terminal))) {
            MemoryEngine memory = engine.memory();
            User found = UserLookup.find(memory, user);
            Map<String, Long> records = new UserExport(memory).write(found.id(), out,
                    new RecordProgress(terminal, interrupt, "exported"));
            terminal.print(CountTable.lines(records));
            terminal.step("User " + user + " written to " + out);
        }
        return ExitCodes.FINE;
    }
}
