package dev.memfuse.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.BlockArguments;
import dev.memfuse.cli.option.CsvOutput;
import dev.memfuse.cli.option.HtmlOutput;
import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.MetricConverter;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ComparisonProgress;
import dev.memfuse.cli.terminal.ComparisonTable;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Follower;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.lab.compare.ComparedScenario;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.compare.ComparisonService;
import dev.memfuse.lab.compare.StandardBlock;
import dev.memfuse.lab.compare.report.BlocksCsv;
import dev.memfuse.lab.compare.report.ComparisonHtml;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.dataset.DatasetCorpus;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Compares two settings of the engine under load, by blocks that alternate in one process.
@Command(name = "compare", description = {
        "Compare two settings under load: which is better, by how much, and is it noise?",
        "The arms alternate in blocks of some seconds; 20 pairs take about 8 minutes, --quick about 4.",
        "Arms that differ in a setting which the embedded server takes over at its start, such as "
                + "postgres.server.shared_buffers, restart it before each block."},
        exitCodeList = {"0:B is better than A, or the same", "1:B is worse, or the comparison failed",
                "2:wrong usage or configuration", "3:not enough data for a decision",
                "130:the comparison was stopped by hand"})
public final class CompareCommand implements Callable<Integer> {

    private final Terminal terminal;
    private final ProgramServices services;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final BlockArguments block = new BlockArguments();

    @Mixin
    private final HtmlOutput html = new HtmlOutput();

    @Mixin
    private final CsvOutput csv = new CsvOutput();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Option(names = "--a", paramLabel = "PROFILE",
            description = "Profile of the reference (default: the settings as they are).")
    private @Nullable String a;

    @Option(names = "--b", paramLabel = "PROFILE",
            description = "Profile of the candidate (default: the settings as they are).")
    private @Nullable String b;

    @Option(names = "--set-a", paramLabel = "KEY=VALUE", description = "Setting of the reference. May be repeated.")
    private List<String> setA = new ArrayList<>();

    @Option(names = "--set-b", paramLabel = "KEY=VALUE", description = "Setting of the candidate. May be repeated.")
    private List<String> setB = new ArrayList<>();

    @Option(names = "--primary", defaultValue = "add.p50", converter = MetricConverter.class, paramLabel = "METRIC",
            description = "Metric that decides, chosen before the run: add.p50, query.p99, throughput and so on "
                    + "(default: ${DEFAULT-VALUE}).")
    private Metric primary = Metric.parse("add.p50");

    @Option(names = "--pairs", paramLabel = "N", description = "Number of pairs, 6 to 1000 (default: 20).")
    private @Nullable Integer pairs;

    @Option(names = "--quick", description = "10 pairs.")
    private boolean quick;

    @Option(names = "--until-decided", description = "Stop at 8, 16, 24 or 32 pairs as soon as a group-sequential rule "
            + "decides.")
    private boolean untilDecided;

    @Option(names = "--margin", defaultValue = "3", paramLabel = "PERCENT",
            description = "Smallest difference that matters, in percent (default: ${DEFAULT-VALUE}).")
    private double margin = 3;

    @Option(names = "--recall-turns", defaultValue = "800", paramLabel = "N",
            description = "Turns of planted conversations that both arms are asked about after the load; 0 measures no "
                    + "recall (default: ${DEFAULT-VALUE}).")
    private int recallTurns = ComparisonPlan.RECALL_TURNS;

    @Option(names = "--aa",
            description = "Compare A with itself first, in 10 pairs, to learn the smallest difference that "
                    + "this machine can show; about 4 minutes more.")
    private boolean equalArms;

    /// @param terminal receives result and progress
    public CompareCommand(ProgramServices services, Terminal terminal) {
        this.services = services;
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.require(pairs == null || (pairs >= 6 && pairs <= 1000),
                "--pairs must be 6 to 1000; fewer have no interval.");
        standard.require(!(quick && pairs != null), "--quick is 10 pairs; give it or --pairs.");
        standard.require(margin > 0 && margin < 100, "--margin is a percentage, for instance 3.");
        standard.require(recallTurns >= 0, "--recall-turns must not be negative.");
        standard.require(block.validRate(), "--rate is a number of operations per second, or auto.");
        Optional<ComparedScenario> scenario = block.scenario().map(ComparedScenario::new);
        scenario.flatMap(given -> given.problems(a != null && b != null).stream().findFirst())
                .ifPresent(problem -> standard.require(false, problem));
        Workload workload = block.over(scenario.map(ComparedScenario::block).orElseGet(StandardBlock::workload));
        WorkloadCheck.check(workload);
        workload.dataset().ifPresent(path -> DatasetCorpus.read(path, workload.users()));
        json.check(standard.outputs());
        html.check(standard.outputs());
        csv.check(standard.outputs());
        ComparisonPlan plan = plan(services.arms(launch.options()), workload, scenario);
        return launcher.run(launch.options(), (session, interrupt) -> run(session, interrupt, plan));
    }

    private int run(HeadlessSession session, StopOnInterrupt interrupt, ComparisonPlan plan)
            throws InterruptedException {
        terminal.step("Database: " + session.database());
        ComparisonTable.differences(plan.differences()).forEach(terminal::step);
        terminal.step("Planned: " + Numbers.count(plan.pairs(), "pair") + ", about "
                + Numbers.seconds(plan.planned().toSeconds()) + ", primary metric " + plan.primary().title());
        plan.restartNote().ifPresent(terminal::step);
        ComparisonService comparisons = session.comparisons();
        if (equalArms && compare(comparisons, interrupt, plan.equalArms()).cancelled()) {
            return ExitCodes.STOPPED;
        }
        terminal.step(comparisons.smallestDifference(plan).map(smallest -> String.format(Locale.ROOT,
                "Smallest difference that these pairs show here: %.1f %% (A/A of %s)", 100 * smallest.relative(),
                smallest.at())).orElse("Smallest difference that these pairs show here: not known; --aa measures it"));
        ComparisonResult result = compare(comparisons, interrupt, plan);
        terminal.print(ComparisonTable.lines(result));
        write(result);
        session.recorded().ifPresent(outcome -> terminal.step(outcome.sentence()));
        return ExitCodes.of(result);
    }

    private ComparisonResult compare(ComparisonService comparisons, StopOnInterrupt interrupt, ComparisonPlan plan)
            throws InterruptedException {
        ComparisonRun run = comparisons.start(plan);
        interrupt.stopWith(run::stop);
        return new Follower(terminal).follow(run.result(), () -> ComparisonProgress.of(run));
    }

    private void write(ComparisonResult result) {
        json.write(() -> ResultJson.of(result), terminal);
        html.write(() -> ComparisonHtml.page(result, margin / 100), terminal);
        csv.write(() -> String.join("\n", BlocksCsv.lines(result)) + "\n", terminal);
    }

    private ComparisonPlan plan(Arms arms, Workload workload, Optional<ComparedScenario> scenario) {
        Arm reference = arm(arms, false, scenario);
        Arm candidate = arm(arms, true, scenario);
        int number = pairs != null ? pairs : quick ? ComparisonPlan.QUICK_PAIRS : ComparisonPlan.PAIRS;
        return new ComparisonPlan(reference, candidate, workload, block.autoRate(), primary,
                untilDecided ? ComparisonPlan.LOOKS_END : number, untilDecided, margin / 100, recallTurns);
    }

    private Arm arm(Arms arms, boolean candidate, Optional<ComparedScenario> scenario) {
        String named = candidate ? b : a;
        Arm arm = arms.arm(Optional.ofNullable(named)
                .or(() -> scenario.flatMap(given -> given.profile(candidate))), candidate ? setB : setA);
        // The command line overrides the file.
        boolean ownNetwork = launch.options().settings().containsKey("network.round_trip");
        return ownNetwork ? arm : scenario.map(given -> given.behindNetwork(arm)).orElse(arm);
    }

}
