package dev.memfuse.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.memfuse.load.report.ResultJson;
import dev.memfuse.load.report.TextTable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Compares the engine's add path with the bare statement it ends in.
@Command(name = "bench", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "Compare the engine's add path with the bare JDBC statement it ends in.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:the comparison was made", "1:it failed", "2:wrong usage or configuration"})
final class BenchCommand implements Callable<Integer> {
    private static final int MAX_CONNECTIONS = 1000;

    private final Application application;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    @Option(names = "--duration", defaultValue = "10s", converter = Durations.class, paramLabel = "TIME", description = "Measured time of each side of each row (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ofSeconds(10);

    @Option(names = "--warmup", defaultValue = "3s", converter = Durations.class, paramLabel = "TIME", description = "Time before, run but not counted (default: ${DEFAULT-VALUE}).")
    private Duration warmup = Duration.ofSeconds(3);

    @Option(names = "--batch", defaultValue = "10", paramLabel = "N", description = "Messages per call (default: ${DEFAULT-VALUE}).")
    private int batch = 10;

    @Option(names = "--connections", defaultValue = "1,10,30", split = ",", paramLabel = "N", description = "Connections, one row for each (default: ${DEFAULT-VALUE}).")
    private List<Integer> connections = List.of(1, 10, 30);

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path json;

    BenchCommand(Application application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        check();
        try (HostedEngine engine = application.start(launch.options(), new Steps(terminal))) {
            terminal.step("Database: " + engine.database());
            BenchTask.Report report = engine.bench()
                    .run(new BenchTask.Options(duration, warmup, batch, List.copyOf(connections)), new Steps(terminal));
            terminal.print(table(report));
            if (json != null) {
                ResultJson.write(json, ResultJson.of(report));
                terminal.step("Result written to " + json);
            }
        }
        return ExitCodes.FINE;
    }

    private void check() {
        if (spec != null) {
            new ResultPlaces(spec.commandLine()).file("--json", json);
        }
        require(batch >= 1 && batch <= 1000, "--batch must be 1 to 1000.");
        require(duration.isPositive(), "--duration must be more than 0.");
        require(connections.stream().allMatch(number -> number >= 1 && number <= MAX_CONNECTIONS),
                "--connections must be numbers from 1 to 1000.");
    }

    private void require(boolean right, String sentence) {
        if (!right && spec != null) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    static List<String> table(BenchTask.Report report) {
        TextTable table = new TextTable(1).row("connections", "engine msg/s", "p50 ms", "p99 ms", "JDBC msg/s",
                "p50 ms", "p99 ms", "errors", "ratio");
        for (BenchTask.Row row : report.rows()) {
            table.row(Integer.toString(row.connections()), number("%,.0f", row.engine().messagesPerS()),
                    number("%.2f", row.engine().p50Ms()), number("%.2f", row.engine().p99Ms()),
                    number("%,.0f", row.jdbc().messagesPerS()), number("%.2f", row.jdbc().p50Ms()),
                    number("%.2f", row.jdbc().p99Ms()), Long.toString(row.engine().errors() + row.jdbc().errors()),
                    number("%.2f", row.ratio()));
        }
        return table.lines();
    }

    private static String number(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }
}
