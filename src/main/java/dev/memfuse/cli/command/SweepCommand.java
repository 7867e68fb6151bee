package dev.memfuse.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.CsvOutput;
import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.option.WorkloadArguments;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Follower;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.SweepTable;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.lab.sweep.SweepDimension;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.sweep.SweepRun;
import dev.memfuse.lab.sweep.report.SweepFiles;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.metrics.stats.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures throughput and latency against one parameter.
@Command(name = "sweep", description = {
        "Measure throughput and latency against one parameter, fit the Universal Scalability Law and find the knee.",
        "Each value is loaded for some seconds, in rounds of random order: 7 values in 2 rounds take about 2 minutes."},
        exitCodeList = {"0:every value was measured", "1:the sweep failed", "2:wrong usage or configuration",
                "3:a figure is not to be trusted: a load was not good, or disagrees with Little's law",
                "130:the sweep was stopped by hand"})
public final class SweepCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final ProgramServices services;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final WorkloadArguments load = new WorkloadArguments();

    @Mixin
    private final CsvOutput csv = new CsvOutput();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Option(names = "--parameter", required = true, paramLabel = "KEY|concurrency|rate",
            description = "Numeric setting that can change while the engine runs, such as postgres.pool_size, a "
                    + "setting of the embedded server, such as postgres.server.shared_buffers, or the load itself: "
                    + "concurrency or rate. Twice, each with its --values, for a grid of two.")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--values", required = true, paramLabel = "VALUES",
            description = "1,2,4,8 or 1..64 (doubled each time) or 10..100:10 (with a step); those of the server with "
                    + "their unit: 16MB..256MB.")
    private List<String> values = new ArrayList<>();

    @Option(names = "--rounds", defaultValue = "2", paramLabel = "N",
            description = "Loads of each value, 1 to 20 (default: ${DEFAULT-VALUE}).")
    private int rounds = 2;

    /// @param terminal receives result and progress
    public SweepCommand(ProgramServices services, Terminal terminal) {
        this.services = services;
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.require(parameters.size() == values.size() && parameters.size() <= 2,
                "Give --parameter and --values once each, or twice each for a grid.");
        List<SweepDimension> parsed = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            parsed.add(SweepDimension.of(parameters.get(i), values.get(i)));
        }
        Workload workload = load.over(SweepPlan.POINT);
        WorkloadCheck.check(workload);
        json.check(standard.outputs());
        csv.check(standard.outputs());
        SweepPlan plan = new SweepPlan(parsed.getFirst().parameter(), parsed.getFirst().values(),
                services.arms(launch.options()).running(), workload, rounds,
                parsed.size() == 1 ? null : parsed.getLast());
        return launcher.run(launch.options(), (session, interrupt) -> run(session, interrupt, plan));
    }

    private int run(HeadlessSession session, StopOnInterrupt interrupt, SweepPlan plan) throws InterruptedException {
        terminal.step("Database: " + session.database());
        terminal.step("Planned: " + Numbers.count(plan.loads(), "load") + ", about "
                + Numbers.seconds(plan.planned().toSeconds()));
        plan.restartNote().ifPresent(terminal::step);
        SweepRun run = session.sweeps().start(plan);
        interrupt.stopWith(run::stop);
        SweepResult result = new Follower(terminal).follow(run.result(), () -> SweepTable.progress(run.progress()));
        terminal.print(SweepTable.lines(result));
        json.write(() -> ResultJson.of(result), terminal);
        csv.write(() -> SweepFiles.csv(result), terminal);
        session.recorded().ifPresent(outcome -> terminal.step(outcome.sentence()));
        return ExitCodes.of(result);
    }

}
