package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.ProgramVersion;
import dev.memfuse.cli.option.ThresholdConverter;
import dev.memfuse.cli.option.WorkloadArguments;
import dev.memfuse.cli.terminal.DistinctLines;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.OutputFiles;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.LoadResult;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.corpus.LocomoCorpus;
import dev.memfuse.load.report.HtmlReport;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.report.LoadSummary;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.load.report.Threshold;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Starts the engine, runs one load, prints what was measured.
@Command(name = "load", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "Run a load without a window and print what was measured.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:the run went well and kept every threshold", "1:the run failed or missed a threshold",
        "2:wrong usage or configuration"})
public final class LoadCommand implements Callable<Integer> {
    private final ProgramServices application;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();
    @Mixin
    private WorkloadArguments load = new WorkloadArguments();

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path json;

    @Option(names = "--report", paramLabel = "DIR", description = "Write an HTML report with charts, CSV and JSON.")
    private @Nullable Path report;

    @Option(names = "--threshold", converter = ThresholdConverter.class, paramLabel = "LIMIT", description = "Limit to keep, for instance \"add.p99<50\" (ms) or \"error_rate<0.01\". May be repeated.")
    private List<Threshold> thresholds = new ArrayList<>();

    public LoadCommand(ProgramServices application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Workload workload = checked();
        AtomicReference<@Nullable LoadRun> running = new AtomicReference<>();
        try (StopOnInterrupt interrupt = new StopOnInterrupt(() -> stop(running.get()));
                HeadlessSession engine = application.start(launch.options(), new DistinctLines(terminal))) {
            if (interrupt.requested()) {
                terminal.step("Stopped before the load began.");
                return ExitCodes.FAILED;
            }
            terminal.step("Database: " + engine.database());
            LoadRun run = engine.loads().start(workload);
            running.set(run);
            if (interrupt.requested()) {
                run.stop();
            }
            terminal.follow(run);
            return finish(LoadReport.of(run));
        }
    }

    /// What can be known to be wrong is said before a database is started for it.
    private Workload checked() {
        Workload workload = load.workload();
        WorkloadCheck.check(workload);
        workload.dataset().ifPresent(LocomoCorpus::read);
        if (spec != null) {
            OutputFiles places = new OutputFiles(spec.commandLine());
            places.file("--json", json);
            places.folder("--report", report);
        }
        return workload;
    }

    private static void stop(@Nullable LoadRun run) {
        if (run != null) {
            run.stop();
        }
    }

    private int finish(LoadReport measured) {
        List<Threshold.Outcome> outcomes = thresholds.stream().map(limit -> limit.check(measured.result())).toList();
        terminal.print(LoadSummary.lines(measured));
        if (!outcomes.isEmpty()) {
            terminal.print(List.of("", "Thresholds:"));
            terminal.print(LoadSummary.thresholds(outcomes));
        }
        if (json != null) {
            ResultJson.write(json, ResultJson.of(measured));
            terminal.step("Result written to " + json);
        }
        if (report != null) {
            HtmlReport.write(measured, outcomes, report);
            terminal.step("Report written to " + report.resolve("index.html"));
        }
        return verdict(measured, outcomes);
    }

    /// A run in which nothing succeeded, or in which operations never ended, has failed, whatever the thresholds say.
    public static int verdict(LoadReport measured, List<Threshold.Outcome> outcomes) {
        return wentWell(measured.result()) && outcomes.stream().allMatch(Threshold.Outcome::kept)
                ? ExitCodes.FINE
                : ExitCodes.FAILED;
    }

    public static boolean wentWell(LoadResult result) {
        long succeeded = 0;
        long ended = 0;
        for (LoadResult.OperationResult operation : result.operations().values()) {
            succeeded += operation.count();
            ended += operation.count() + operation.errors();
        }
        return succeeded > 0 && ended >= result.arrival().started();
    }
}
