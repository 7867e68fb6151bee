package dev.memfuse.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.memfuse.cli.command.AdviceCommand;
import dev.memfuse.cli.command.ApiKeysCommand;
import dev.memfuse.cli.command.BenchCommand;
import dev.memfuse.cli.command.BuildLayerCommand;
import dev.memfuse.cli.command.CompareCommand;
import dev.memfuse.cli.command.ConfigCommand;
import dev.memfuse.cli.command.DatabaseCommand;
import dev.memfuse.cli.command.DatasetCommand;
import dev.memfuse.cli.command.DeadLettersCommand;
import dev.memfuse.cli.command.EraseCommand;
import dev.memfuse.cli.command.ExportCommand;
import dev.memfuse.cli.command.ExtractCommand;
import dev.memfuse.cli.command.ImportCommand;
import dev.memfuse.cli.command.LayersCommand;
import dev.memfuse.cli.command.LlmSimulatorCommand;
import dev.memfuse.cli.command.LoadCommand;
import dev.memfuse.cli.command.LoadDataCommand;
import dev.memfuse.cli.command.McpCommand;
import dev.memfuse.cli.command.ProfilesCommand;
import dev.memfuse.cli.command.ProgramServices;
import dev.memfuse.cli.command.QueryCommand;
import dev.memfuse.cli.command.ReembedCommand;
import dev.memfuse.cli.command.ReplayCommand;
import dev.memfuse.cli.command.RetrievalCommand;
import dev.memfuse.cli.command.ScenarioCommand;
import dev.memfuse.cli.command.ScorecardCommand;
import dev.memfuse.cli.command.ServeCommand;
import dev.memfuse.cli.command.SweepCommand;
import dev.memfuse.cli.command.TargetsCommand;
import dev.memfuse.cli.command.TuneCommand;
import dev.memfuse.cli.command.history.HistoryCommand;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.option.ValueConverters;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.cli.terminal.UsageErrors;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.load.report.HtmlReport;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.report.LoadSummary;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.target.jmx.JmxTargets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The program without a subcommand: opens the window, or runs the default load without a window where there is no
/// display.
@Command(name = "memfuse", description = "Host the MemFuse memory engine, put load on it, and show where each "
        + "millisecond goes. Without a command, a window opens.",
        exitCodeList = {"0:success",
                "1:the run failed", "2:wrong usage or configuration", "3:the run is void: its figures do not describe "
                        + "the load",
                "130:the run was stopped by hand"})
public final class MemFuseCommand implements Callable<Integer> {
    private final ProgramServices services;
    private final Terminal terminal;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Option(names = "--headless", description = "Run without a display: run the default load, save a picture of each "
            + "page and the result, and exit.")
    private boolean headless;

    @Option(names = "--out", defaultValue = "memfuse-out", paramLabel = "DIR",
            description = "Folder for the pictures and the result of --headless (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("memfuse-out");

    private MemFuseCommand(ProgramServices services, Terminal terminal) {
        this.services = services;
        this.terminal = terminal;
    }

    /// Runs a command line; blocks until the command or the window has ended.
    ///
    /// @param terminal receives results, progress and errors
    /// @return the exit code, see [ExitCodes]
    public static int run(ProgramServices services, Terminal terminal, String... arguments) {
        Optional<LaunchOptions> plain = PlainStart.options(arguments);
        if (plain.isPresent() && services.windowProblem().isEmpty()) {
            return PlainStart.run(services, terminal, plain.get(), arguments);
        }
        CommandLine line = line(services, terminal);
        LogStart log = new LogStart(services);
        line.setExecutionStrategy(log);
        ExitCodes exits = new ExitCodes(terminal, log::location);
        line.setExecutionExceptionHandler(exits);
        line.setParameterExceptionHandler(new UsageErrors());
        ValueConverters.register(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        try {
            return line.execute(arguments);
        } catch (Throwable e) {
            // picocli passes exceptions to the handler, but no Error.
            return exits.unexpected(e);
        }
    }

    /// Returns the program with all of its commands.
    static CommandLine line(ProgramServices services, Terminal terminal) {
        CommandLine line = new CommandLine(new MemFuseCommand(services, terminal));
        line.addSubcommand(new LoadCommand(services, terminal));
        line.addSubcommand(new LoadDataCommand(services, terminal));
        line.addSubcommand(new CompareCommand(services, terminal));
        line.addSubcommand(new SweepCommand(services, terminal));
        line.addSubcommand(new AdviceCommand(services, terminal));
        line.addSubcommand(new TuneCommand(services, terminal));
        CommandLine history = HistoryCommand.line(services::recordings, terminal);
        history.addSubcommand(new ReplayCommand(services, terminal));
        line.addSubcommand(history);
        line.addSubcommand(new ScorecardCommand(services, terminal));
        line.addSubcommand(new BenchCommand(services, terminal));
        line.addSubcommand(new QueryCommand(services, terminal));
        line.addSubcommand(new ServeCommand(services, terminal));
        line.addSubcommand(new McpCommand(services, terminal));
        line.addSubcommand(new ApiKeysCommand(services, terminal));
        line.addSubcommand(new DatabaseCommand(services, terminal));
        line.addSubcommand(TargetsCommand.line(JmxTargets::new, terminal));
        line.addSubcommand(new ExportCommand(services, terminal));
        line.addSubcommand(new ImportCommand(services, terminal));
        line.addSubcommand(new EraseCommand(services, terminal));
        line.addSubcommand(new DeadLettersCommand(services, terminal));
        line.addSubcommand(new RetrievalCommand(services, terminal));
        line.addSubcommand(new LayersCommand(services, terminal));
        line.addSubcommand(new ReembedCommand(services, terminal));
        line.addSubcommand(new BuildLayerCommand(services, terminal));
        line.addSubcommand(new ExtractCommand(services, terminal));
        line.addSubcommand(new DatasetCommand(terminal));
        line.addSubcommand(new ScenarioCommand(terminal));
        line.addSubcommand(new ProfilesCommand(services, terminal));
        line.addSubcommand(new ConfigCommand(terminal));
        line.addSubcommand(new LlmSimulatorCommand(terminal));
        line.setOut(terminal.out());
        line.setErr(terminal.err());
        return line;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<String> problem = headless ? Optional.of("Running without a window") : services.windowProblem();
        if (problem.isEmpty()) {
            return services.openWindow(launch.options());
        }
        standard.outputs().folder("--out", out);
        terminal.step(problem.get() + ": running the default load; pictures of the pages and the result go to " + out);
        LoadReport report = services.runHeadless(launch.options(), ScenarioDefaults.WORKLOAD, out,
                terminal::progress);
        terminal.print(LoadSummary.lines(report));
        HtmlReport.write(report, out.resolve("report"));
        ResultJson.write(out.resolve("result.json"), ResultJson.of(report));
        terminal.step("Result and report written to " + out);
        return ExitCodes.of(report.result().verdict().outcome());
    }
}
