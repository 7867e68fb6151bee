package dev.memfuse.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.ProgramVersion;
import dev.memfuse.cli.terminal.CountTable;
import dev.memfuse.cli.terminal.DistinctLines;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.RecordProgress;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.transfer.UserImport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes a user from a file.
@Command(name = "import", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "Make a user from a file that 'export' wrote: all of it, or nothing.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:the user is there", "1:it failed or was stopped; nothing was imported", "2:wrong usage or configuration"})
public final class ImportCommand implements Callable<Integer> {
    private final ProgramServices application;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    @Parameters(paramLabel = "FILE", description = "The file; its name ends in .gz when it is compressed.")
    private Path file = Path.of("");

    @Option(names = "--as", paramLabel = "NAME", description = "Name of the new user (default: the exported one).")
    private @Nullable String name;

    public ImportCommand(ProgramServices application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        try (StopOnInterrupt interrupt = new StopOnInterrupt(() -> {});
                HeadlessSession engine = application.start(launch.options(), new DistinctLines(terminal))) {
            UserImport.Result result = new UserImport(engine.memory()).read(file, name,
                    new RecordProgress(terminal, interrupt, "imported"));
            terminal.print(CountTable.lines(result.records()));
            terminal.step("User " + result.user().name() + " imported from " + file);
        }
        return ExitCodes.FINE;
    }

    private void check() {
        if (spec != null && !Files.isReadable(file)) {
            throw new ParameterException(spec.commandLine(), "The file " + file + " cannot be read.");
        }
        if (spec != null && Files.isDirectory(file)) {
            throw new ParameterException(spec.commandLine(), file + " is a folder; name a file.");
        }
        if (spec != null && name != null && name.isBlank()) {
            throw new ParameterException(spec.commandLine(), "--as needs a name.");
        }
    }
}
