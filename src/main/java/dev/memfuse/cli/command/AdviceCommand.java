package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.option.WorkloadArguments;
import dev.memfuse.cli.terminal.AdviceTable;
import dev.memfuse.cli.terminal.ComparisonProgress;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Follower;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.advice.run.AdviceRun;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.advice.run.TrialPlan;
import dev.memfuse.lab.advice.run.TrialRun;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs a load, prints what should be changed, and tries a change.
@Command(name = "advice", description = {
        "Run a load and print what should be changed, with the evidence.",
        "--try N tries the N-th advice: a comparison of its change with the settings in force, about 4 minutes more."},
        exitCodeList = {"0:no advice beyond information (score 25); with --try, the change is confirmed",
                "1:there is a warning, or the command failed; with --try, the change is to be reverted",
                "2:wrong usage or configuration",
                "3:too few operations or too short for advice; with --try, not enough data for a decision",
                "130:stopped by hand"})
public final class AdviceCommand implements Callable<Integer> {
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
    private final JsonOutput json = new JsonOutput();

    @Option(names = "--scenario", paramLabel = "FILE",
            description = "Scenario whose load is used: a YAML file, or the name of a shipped one. One with changes "
                    + "or faults is refused: advice is about one state of the settings.")
    private @Nullable Path scenarioFile;

    @Option(names = "--recall-turns", defaultValue = "400", paramLabel = "N",
            description = "Turns of planted conversations for recall, when a setting of ranking differs from its "
                    + "default; 0 measures none (default: ${DEFAULT-VALUE}).")
    private int recallTurns = AdvicePlan.RECALL_TURNS;

    @Option(names = "--try", paramLabel = "N", description = "Try the change of the N-th advice of the list.")
    private @Nullable Integer tried;

    /// @param terminal receives result and progress
    public AdviceCommand(ProgramServices services, Terminal terminal) {
        this.services = services;
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.require(recallTurns >= 0, "--recall-turns must not be negative.");
        standard.require(tried == null || tried >= 1, "--try counts the advice from 1.");
        Scenario scenario = scenarioFile == null
                ? Scenario.of(ScenarioDefaults.WORKLOAD)
                : Scenarios.read(scenarioFile);
        standard.require(scenario.changes().isEmpty() && scenario.faults().isEmpty(),
                "--scenario: it changes settings or has faults; advice is about one state of the settings.");
        Workload workload = load.over(scenario.workload());
        WorkloadCheck.check(workload);
        json.check(standard.outputs());
        return launcher.run(launch.options(), (session, interrupt) -> run(session, interrupt, workload));
    }

    private int run(HeadlessSession session, StopOnInterrupt interrupt, Workload workload)
            throws InterruptedException {
        terminal.step("Database: " + session.database());
        AdviceRun run = session.advice().start(new AdvicePlan(workload, recallTurns));
        interrupt.stopWith(run::stop);
        AdviceReport report = new Follower(terminal).follow(run.result(), run::progress);
        terminal.print(AdviceTable.lines(report));
        if (tried == null || report.cancelled()) {
            json.write(() -> ResultJson.of(report), terminal);
            session.recorded().ifPresent(outcome -> terminal.step(outcome.sentence()));
            return ExitCodes.of(report);
        }
        standard.require(tried <= report.advice().size(), "--try " + tried + ": there is "
                + (report.advice().isEmpty() ? "no advice" : "advice 1 to " + report.advice().size()) + ".");
        return attempt(session, interrupt, workload, report.advice().get(tried - 1));
    }

    private int attempt(HeadlessSession session, StopOnInterrupt interrupt, Workload workload, Advice advice)
            throws InterruptedException {
        ComparisonPlan plan = AdviceTrial.plan(advice, services.arms(launch.options()), workload);
        terminal.step("Trying " + plan.b().name() + ": " + Numbers.count(plan.pairs(), "pair") + ", about "
                + Numbers.seconds(plan.planned().toSeconds()));
        TrialRun run = session.trials().start(new TrialPlan(advice, plan));
        interrupt.stopWith(run::stop);
        AdviceTrial trial = new Follower(terminal).follow(run.result(),
                () -> ComparisonProgress.of(run.progress(), plan));
        terminal.print(AdviceTable.lines(trial));
        json.write(() -> ResultJson.of(trial), terminal);
        session.recorded().ifPresent(outcome -> terminal.step(outcome.sentence()));
        return ExitCodes.of(trial);
    }
}
