package dev.memfuse.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.exchange.UserExport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Writes one user into a file.
@Command(name = "export", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "Write everything of one user into a file, one record a line (JSON Lines).", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:the file is complete", "1:it failed or was stopped; there is no file", "2:wrong usage or configuration"})
final class ExportCommand implements Callable<Integer> {
    private final Application application;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    @Option(names = "--user", required = true, paramLabel = "NAME", description = "The user.")
    private String user = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The file; replaced when it exists, compressed when its name ends in .gz.")
    private Path out = Path.of("");

    ExportCommand(Application application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (spec != null) {
            new ResultPlaces(spec.commandLine()).file("--out", out);
        }
        try (StopOnInterrupt interrupt = new StopOnInterrupt(() -> {});
                HostedEngine engine = application.start(launch.options(), new Steps(terminal))) {
            MemoryEngine memory = engine.memory();
            User found = NamedUser.find(memory, user);
            Map<String, Long> records = new UserExport(memory).write(found.id(), out,
                    new RecordProgress(terminal, interrupt, "exported"));
            terminal.print(CountTable.lines(records));
            terminal.step("User " + user + " written to " + out);
        }
        return ExitCodes.FINE;
    }
}
