package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.bench.BenchReport;
import dev.memfuse.bench.BenchTask;
import dev.memfuse.cli.option.DurationConverter;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.ProgramVersion;
import dev.memfuse.cli.terminal.BenchProgress;
import dev.memfuse.cli.terminal.BenchTables;
import dev.memfuse.cli.terminal.DistinctLines;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.OutputFiles;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Measures the engine beside its floors.
@Command(name = "bench", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "Measure the engine beside its floors: the least that the same work costs without an engine. Runs on a throw-away database unless --db or --data-dir names another, where it leaves its users behind.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:it was measured", "1:it failed or was stopped", "2:wrong usage or configuration"})
public final class BenchCommand implements Callable<Integer> {
    private static final int MAX_CONNECTIONS = 1000;
    private static final Duration QUICK = Duration.ofSeconds(2);
    private static final Duration USUAL = Duration.ofSeconds(10);
    private static final Duration QUICK_WARMUP = Duration.ofMillis(500);
    private static final Duration USUAL_WARMUP = Duration.ofSeconds(3);

    private final ProgramServices application;
    private final Terminal terminal;
    private final AtomicReference<@Nullable BenchTask> running = new AtomicReference<>();

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "add, journal, ingest, embed, query, speculation, start (default: all).")
    private List<String> names = List.of();

    @Option(names = "--quick", description = "Small data and short times: whether it works, not how fast it is.")
    private boolean quick;

    @Option(names = "--large", description = "Also query a million turns; takes many minutes.")
    private boolean large;

    @Option(names = "--duration", converter = DurationConverter.class, paramLabel = "TIME", description = "Measured time of each side of each row (default: 10s; with --quick 2s).")
    private @Nullable Duration duration;

    @Option(names = "--warmup", converter = DurationConverter.class, paramLabel = "TIME", description = "Time before, run but not counted (default: 3s; with --quick 0.5s).")
    private @Nullable Duration warmup;

    @Option(names = "--batch", defaultValue = "10", paramLabel = "N", description = "Messages per call of add (default: ${DEFAULT-VALUE}).")
    private int batch = 10;

    @Option(names = "--connections", defaultValue = "1,10,30", split = ",", paramLabel = "N", description = "Connections of add, one row for each (default: ${DEFAULT-VALUE}).")
    private List<Integer> connections = List.of(1, 10, 30);

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path json;

    public BenchCommand(ProgramServices application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        try (StopOnInterrupt interrupt = new StopOnInterrupt(() -> stop(running.get()));
                HeadlessSession engine = application.start(ground(), new DistinctLines(terminal))) {
            terminal.step("Database: " + engine.database());
            BenchTask task = engine.bench();
            running.set(task);
            if (interrupt.requested()) {
                task.stop();
            }
            return finish(task.run(options(), new BenchProgress(terminal, System::nanoTime)));
        }
    }

    /// Benchmarks leave users and messages behind: they go into a throw-away database unless the user names another.
    private LaunchOptions ground() {
        LaunchOptions asked = launch.options();
        return asked.db().isPresent() || asked.dataDir().isPresent()
                ? asked
                : new LaunchOptions(asked.config(), asked.profile(), asked.settings(), asked.db(), asked.dataDir(),
                        true, asked.changes());
    }

    private static void stop(@Nullable BenchTask task) {
        if (task != null) {
            task.stop();
        }
    }

    private int finish(BenchReport report) {
        terminal.print(BenchTables.lines(report));
        if (json != null) {
            ResultJson.write(json, ResultJson.of(report));
            terminal.step("Result written to " + json);
        }
        return report.complete() ? ExitCodes.FINE : ExitCodes.FAILED;
    }

    private BenchTask.Options options() {
        BenchTask.Extent extent = quick
                ? BenchTask.Extent.QUICK
                : large ? BenchTask.Extent.LARGE : BenchTask.Extent.USUAL;
        return new BenchTask.Options(names.stream().distinct().toList(), extent, or(duration, quick ? QUICK : USUAL),
                or(warmup, quick ? QUICK_WARMUP : USUAL_WARMUP), batch, List.copyOf(connections));
    }

    private static Duration or(@Nullable Duration given, Duration usual) {
        return given == null ? usual : given;
    }

    private void check() {
        if (spec != null) {
            new OutputFiles(spec.commandLine()).file("--json", json);
        }
        for (String name : names) {
            require(BenchTask.NAMES.contains(name),
                    "There is no benchmark '" + name + "'; there are " + String.join(", ", BenchTask.NAMES) + ".");
        }
        require(!quick || !large, "--quick and --large exclude each other.");
        require(batch >= 1 && batch <= 1000, "--batch must be 1 to 1000.");
        require(duration == null || duration.isPositive(), "--duration must be more than 0.");
        require(connections.stream().allMatch(number -> number >= 1 && number <= MAX_CONNECTIONS),
                "--connections must be numbers from 1 to 1000.");
    }

    private void require(boolean right, String sentence) {
        if (!right && spec != null) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
