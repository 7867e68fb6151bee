package dev.memfuse.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.cli.option.DurationConverter;
import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.BenchTables;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Measures the engine against its baselines.
@Command(name = "bench", description = "Measure the engine against baselines: the least cost of the same work without "
        + "an engine. Runs on a temporary database unless --db or --data-dir is given; the users that it creates stay "
        + "in that database.",
        exitCodeList = {"0:every benchmark ran", "1:a benchmark failed or was stopped",
                "2:wrong usage or configuration"})
public final class BenchCommand implements Callable<Integer> {
    private static final int MAX_CONNECTIONS = 1000;
    private static final int MAX_BATCH = 1000;
    private static final Duration QUICK = Duration.ofSeconds(2);
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration QUICK_WARMUP = Duration.ofMillis(500);
    private static final Duration USUAL_WARMUP = Duration.ofSeconds(3);

    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Parameters(paramLabel = "NAME", arity = "0..*",
            description = "add, journal, ingest, embed, query, speculation, layers, network, http, start "
                    + "(default: all).")
    private List<String> names = List.of();

    @Option(names = "--quick", description = "Use little data and short times, to check that the benchmarks run.")
    private boolean quick;

    @Option(names = "--large", description = "Also query a user with a million turns; takes many minutes.")
    private boolean large;

    @Option(names = "--duration", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Measured time of each side of a row (default: 10s; with --quick 2s).")
    private @Nullable Duration duration;

    @Option(names = "--warmup", converter = DurationConverter.class, paramLabel = "TIME",
            description = "Warm-up time, which is not measured (default: 3s; with --quick 0.5s).")
    private @Nullable Duration warmup;

    @Option(names = "--batch", defaultValue = "10", paramLabel = "N",
            description = "Messages per call of add (default: ${DEFAULT-VALUE}).")
    private int batch = 10;

    @Option(names = "--connections", defaultValue = "1,10,30", split = ",", paramLabel = "N",
            description = "Numbers of connections of add; each number is one row (default: ${DEFAULT-VALUE}).")
    private List<Integer> connections = List.of(1, 10, 30);

    /// @param terminal receives result and progress
    public BenchCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        return launcher.run(options(launch.options()), this::measure);
    }

    private void check() {
        json.check(standard.outputs());
        for (String name : names) {
            standard.require(BenchTask.NAMES.contains(name),
                    "There is no benchmark '" + name + "'; there are " + String.join(", ", BenchTask.NAMES) + ".");
        }
        standard.require(!quick || !large, "--quick and --large exclude each other.");
        standard.require(batch >= 1 && batch <= MAX_BATCH, "--batch must be 1 to 1000.");
        standard.require(duration == null || duration.isPositive(), "--duration must be more than 0.");
        standard.require(connections.stream().allMatch(number -> number >= 1 && number <= MAX_CONNECTIONS),
                "--connections must be numbers from 1 to 1000.");
    }

    /// Chooses a temporary database unless the user names one: benchmarks leave users and messages in the database.
    private static LaunchOptions options(LaunchOptions given) {
        return given.db().isPresent() || given.dataDir().isPresent()
                ? given
                : new LaunchOptions(given.config(), given.profile(), given.settings(), given.db(), given.dataDir(),
                        true, given.changes(), given.faults(), false, given.metricsFile());
    }

    private int measure(HeadlessSession session, StopOnInterrupt interrupt) throws InterruptedException {
        terminal.step("Database: " + session.database());
        BenchTask task = session.bench();
        interrupt.stopWith(task::stop);
        BenchReport report = task.run(benchOptions(), terminal::progress);
        terminal.print(BenchTables.lines(report));
        json.write(() -> ResultJson.of(report), terminal);
        return report.complete() ? ExitCodes.FINE : ExitCodes.FAILED;
    }

    private BenchTask.Options benchOptions() {
        BenchTask.Extent extent = quick
                ? BenchTask.Extent.QUICK
                : large ? BenchTask.Extent.LARGE : BenchTask.Extent.USUAL;
        return new BenchTask.Options(names.stream().distinct().toList(), extent, or(duration, quick ? QUICK : USUAL),
                or(warmup, quick ? QUICK_WARMUP : USUAL_WARMUP), batch, List.copyOf(connections));
    }

    private static Duration or(@Nullable Duration given, Duration fallback) {
        return given == null ? fallback : given;
    }
}
