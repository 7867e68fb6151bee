package dev.memfuse.cli.command;

import java.util.concurrent.Callable;

import dev.memfuse.cli.option.CsvOutput;
import dev.memfuse.cli.option.HtmlOutput;
import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Follower;
import dev.memfuse.cli.terminal.ScorecardTable;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.lab.scorecard.PromiseResult.Outcome;
import dev.memfuse.lab.scorecard.ScorecardPlan;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.lab.scorecard.ScorecardRun;
import dev.memfuse.lab.scorecard.report.ScorecardFiles;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.metrics.stats.Numbers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures the promises of the performance plan.
@Command(name = "scorecard", description = {
        "Measure the promises of the performance plan: legacy and the three phases in turn, on the same work.",
        "--quick (the default) takes under 6 minutes on two processors, --full about 15."},
        exitCodeList = {
                "0:every promise was kept", "1:a promise was not kept, or the scorecard failed",
                "2:wrong usage or configuration", "3:not enough data for a decision on a promise",
                "130:the scorecard was stopped by hand"})
public final class ScorecardCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final HtmlOutput html = new HtmlOutput();

    @Mixin
    private final CsvOutput csv = new CsvOutput();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Option(names = "--quick", description = "6 rounds.")
    private boolean quick;

    @Option(names = "--full", description = "16 rounds.")
    private boolean full;

    /// @param terminal receives result and progress
    public ScorecardCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.require(!(quick && full), "Give --quick or --full.");
        json.check(standard.outputs());
        html.check(standard.outputs());
        csv.check(standard.outputs());
        return launcher.run(launch.options(), this::run);
    }

    private int run(HeadlessSession session, StopOnInterrupt interrupt) throws InterruptedException {
        terminal.step("Database: " + session.database());
        ScorecardPlan plan = full ? ScorecardPlan.full() : ScorecardPlan.quick();
        terminal.step("Planned: " + Numbers.count(plan.rounds(), "round") + " of four phases on "
                + Numbers.count(plan.networks().size(), "network") + ", about "
                + Numbers.seconds(plan.planned().toSeconds()));
        ScorecardRun run = session.scorecards().start(plan);
        interrupt.stopWith(run::stop);
        ScorecardResult result = new Follower(terminal).follow(run.result(), () -> ScorecardTable.progress(run));
        terminal.print(ScorecardTable.lines(result));
        json.write(() -> ResultJson.of(result), terminal);
        html.write(() -> ScorecardFiles.html(result), terminal);
        csv.write(() -> ScorecardFiles.csv(result), terminal);
        if (result.rounds() > 0) {
            session.recorded().ifPresent(outcome -> terminal.step(outcome.sentence()));
        }
        return code(result);
    }

    private static int code(ScorecardResult result) {
        if (result.cancelled()) {
            return ExitCodes.STOPPED;
        }
        if (result.count(Outcome.NOT_KEPT) > 0) {
            return ExitCodes.FAILED;
        }
        return result.count(Outcome.UNDECIDED) > 0 ? ExitCodes.VOID : ExitCodes.FINE;
    }
}
