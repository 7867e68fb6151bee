package dev.memfuse.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.memfuse.cli.option.BlockArguments;
import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.MetricConverter;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ComparisonProgress;
import dev.memfuse.cli.terminal.ComparisonTable;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.lab.compare.Arm;
import dev.memfuse.lab.compare.Arms;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.compare.Decision;
import dev.memfuse.lab.compare.Metric;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.report.ResultJson;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Compares two settings of the engine under load, by blocks that alternate in one process.
@Command(name = "compare", description = {
        "Compare two settings under load: which is better, by how much, and is it noise?",
        "The arms alternate in blocks of some seconds; 20 pairs take about 8 minutes, --quick about 4."},
        exitCodeList = {"0:B is better than A, or the same", "1:B is worse, or the comparison failed",
                "2:wrong usage or configuration", "3:not enough data for a decision",
                "130:the comparison was stopped by hand"})
public final class CompareCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 250;

    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final BlockArguments block = new BlockArguments();

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

    /// @param terminal receives result and progress
    public CompareCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        standard.require(pairs == null || (pairs >= 6 && pairs <= 1000),
                "--pairs must be 6 to 1000; fewer have no interval.");
        standard.require(!(quick && pairs != null), "--quick is 10 pairs; give it or --pairs.");
        standard.require(margin > 0 && margin < 100, "--margin is a percentage, for instance 3.");
        standard.require(block.validRate(), "--rate is a number of operations per second, or auto.");
        Workload workload = block.workload();
        WorkloadCheck.check(workload);
        json.check(standard.outputs());
        return launcher.run(launch.options(), (session, interrupt) -> run(session, interrupt, workload));
    }

    private int run(HeadlessSession session, StopOnInterrupt interrupt, Workload workload)
            throws InterruptedException {
        terminal.step("Database: " + session.database());
        ComparisonPlan plan = plan(session.arms(), workload);
        ComparisonTable.differences(plan.differences()).forEach(terminal::step);
        terminal.step("Planned: " + Numbers.count(plan.pairs(), "pair") + ", about "
                + Numbers.seconds(plan.planned().toSeconds()) + ", primary metric " + plan.primary().name());
        ComparisonRun run = session.comparisons().start(plan);
        interrupt.stopWith(run::stop);
        do {
            terminal.progress(ComparisonProgress.of(run));
        } while (!ended(run));
        ComparisonResult result = join(run);
        terminal.print(ComparisonTable.lines(result));
        json.write(() -> ResultJson.of(result), terminal);
        session.recorded().ifPresent(outcome -> terminal.step(outcome.sentence()));
        return code(result);
    }

    private ComparisonPlan plan(Arms arms, Workload workload) {
        Arm reference = arms.arm(Optional.ofNullable(a), setA);
        Arm candidate = arms.arm(Optional.ofNullable(b), setB);
        int number = pairs != null ? pairs : quick ? ComparisonPlan.QUICK_PAIRS : ComparisonPlan.PAIRS;
        return new ComparisonPlan(reference, candidate, workload, block.autoRate(), primary,
                untilDecided ? ComparisonPlan.LOOKS_END : number, untilDecided, margin / 100);
    }

    /// Waits for the end, at most for the interval between two reports of progress.
    private static boolean ended(ComparisonRun run) throws InterruptedException {
        try {
            run.result().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }

    private static ComparisonResult join(ComparisonRun run) {
        try {
            return run.result().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static int code(ComparisonResult result) {
        if (result.cancelled()) {
            return ExitCodes.STOPPED;
        }
        return switch (result.decision()) {
            case BETTER, SAME -> ExitCodes.FINE;
            case WORSE -> ExitCodes.FAILED;
            case NOT_ENOUGH -> ExitCodes.VOID;
        };
    }
}
