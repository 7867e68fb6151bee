package dev.memfuse.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import dev.memfuse.cli.command.BenchCommand;
import dev.memfuse.cli.command.EraseCommand;
import dev.memfuse.cli.command.ExportCommand;
import dev.memfuse.cli.command.ImportCommand;
import dev.memfuse.cli.command.LlmSimulatorCommand;
import dev.memfuse.cli.command.LoadCommand;
import dev.memfuse.cli.command.ProfilesCommand;
import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.command.ReembedCommand;
import dev.memfuse.cli.command.RetrievalCommand;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.ProgramVersion;
import dev.memfuse.cli.option.WorkloadArguments;
import dev.memfuse.cli.terminal.DistinctLines;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.OutputFiles;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.cli.terminal.UsageErrors;
import dev.memfuse.load.report.HtmlReport;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.report.LoadSummary;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The program without a subcommand: opens the window, or does the main job without one where there is no display.
@Command(name = "memfuse", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "Host the MemFuse memory engine, load it, and see where each millisecond goes. Without a command the window opens.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:fine", "1:the run failed or a threshold was missed", "2:wrong usage or configuration"})
public final class MemFuseCommand implements Callable<Integer> {
    private final ProgramServices application;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    @Option(names = "--headless", description = "Without a display: run the default load, save a picture of each page and the result, end.")
    private boolean headless;

    @Option(names = "--out", defaultValue = "memfuse-out", paramLabel = "DIR", description = "Where --headless saves pictures and result (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("memfuse-out");

    private MemFuseCommand(ProgramServices application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    /// Runs the program.
    ///
    /// @return the exit code: 0 fine, 1 failed, 2 wrong usage or configuration
    public static int run(ProgramServices application, Terminal terminal, String... arguments) {
        CommandLine line = new CommandLine(new MemFuseCommand(application, terminal));
        line.addSubcommand(new LoadCommand(application, terminal));
        line.addSubcommand(new BenchCommand(application, terminal));
        line.addSubcommand(new ExportCommand(application, terminal));
        line.addSubcommand(new ImportCommand(application, terminal));
        line.addSubcommand(new EraseCommand(application, terminal));
        line.addSubcommand(new RetrievalCommand(application, terminal));
        line.addSubcommand(new ReembedCommand(application, terminal));
        line.addSubcommand(new ProfilesCommand(application, terminal));
        line.addSubcommand(new LlmSimulatorCommand(terminal));
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        LogStart log = new LogStart(application);
        line.setExecutionStrategy(log);
        line.setExecutionExceptionHandler(new ExitCodes(log::location));
        line.setParameterExceptionHandler(new UsageErrors());
        line.registerConverter(int.class, UsageErrors::wholeNumber);
        line.registerConverter(Integer.class, UsageErrors::wholeNumber);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        return line.execute(arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!headless && application.displayAvailable()) {
            return application.openWindow(launch.options());
        }
        if (spec != null) {
            new OutputFiles(spec.commandLine()).folder("--out", out);
        }
        terminal.step((headless ? "Running without a window" : "No display found")
                + ": running the default load; pictures of the pages and the result go to " + out);
        LoadReport report = application.runHeadless(launch.options(), WorkloadArguments.DEFAULT, out,
                new DistinctLines(terminal));
        terminal.print(LoadSummary.lines(report));
        HtmlReport.write(report, List.of(), out.resolve("report"));
        ResultJson.write(out.resolve("result.json"), ResultJson.of(report));
        terminal.step("Result and report written to " + out);
        return LoadCommand.verdict(report, List.of());
    }
}
