package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.OutputFiles;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.option.ThresholdConverter;
import dev.memfuse.cli.option.WorkloadArguments;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.LoadProgress;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.dataset.DatasetCorpus;
import dev.memfuse.load.report.HtmlReport;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.report.LoadSummary;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Starts the engine, runs one load and prints its result.
@Command(name = "load", description = "Run a load without a window and print the result.", exitCodeList = {
        "0:the run is good: it kept every limit and threshold", "1:the run failed, or missed a threshold",
        "2:wrong usage or configuration", "3:the run is void: its figures do not describe the load",
        "130:the run was stopped by hand"})
public final class LoadCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 250;

    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final WorkloadArguments load = new WorkloadArguments();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Option(names = "--report", paramLabel = "DIR", description = "Write an HTML report with charts, CSV and JSON.")
    private @Nullable Path report;

    @Option(names = "--threshold", converter = ThresholdConverter.class, paramLabel = "LIMIT",
            description = "Limit that the result must meet, for instance \"add.p99<50\" (ms) or \"error_rate<0.01\". "
                    + "May be repeated.")
    private List<Threshold> thresholds = new ArrayList<>();

    @Option(names = "--keep-data", description = "Keep the users that the load makes; the same as --set "
            + "load.keep_data=true. 'load-data remove' removes them later.")
    private boolean keepData;

    @Option(names = "--database-away", description = "The database is away on purpose: messages that wait in the "
            + "journal at the end do not fail the run; the same as --set load.database_away=true.")
    private boolean databaseAway;

    /// @param terminal receives result and progress
    public LoadCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        Workload workload = checkedWorkload();
        return launcher.run(launch.options(switches()), (session, interrupt) -> run(session, interrupt, workload));
    }

    private Map<String, String> switches() {
        Map<String, String> settings = new LinkedHashMap<>();
        if (keepData) {
            settings.put("load.keep_data", "true");
        }
        if (databaseAway) {
            settings.put("load.database_away", "true");
        }
        return settings;
    }

    /// Checks the arguments before the database is started.
    private Workload checkedWorkload() {
        Workload workload = load.workload().withThresholds(thresholds);
        WorkloadCheck.check(workload);
        workload.dataset().ifPresent(path -> DatasetCorpus.read(path, workload.users()));
        OutputFiles outputs = standard.outputs();
        json.check(outputs);
        outputs.folder("--report", report);
        return workload;
    }

    private int run(HeadlessSession session, StopOnInterrupt interrupt, Workload workload)
            throws InterruptedException {
        terminal.step("Database: " + session.database());
        LoadRun run = session.loads().start(workload);
        interrupt.stopWith(run::stop);
        do {
            terminal.progress(LoadProgress.of(run));
        } while (!ended(run));
        terminal.progress(LoadProgress.of(run));
        int code = print(LoadReport.of(run));
        session.recorded().ifPresent(outcome -> terminal.step(outcome.sentence()));
        return code;
    }

    /// Waits for the end of a run, at most for the interval between two reports of progress.
    private static boolean ended(LoadRun run) throws InterruptedException {
        try {
            run.result().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    private int print(LoadReport measured) {
        terminal.print(LoadSummary.lines(measured));
        json.write(() -> ResultJson.of(measured), terminal);
        if (report != null) {
            HtmlReport.write(measured, report);
            terminal.step("Report written to " + report.resolve("index.html"));
        }
        return ExitCodes.of(measured.result().verdict().outcome());
    }
}
