package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.ProgramVersion;
import dev.memfuse.cli.terminal.DistinctLines;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.OutputFiles;
import dev.memfuse.cli.terminal.RetrievalTable;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.cli.terminal.WorkProgress;
import dev.memfuse.lab.retrieval.RetrievalDataset;
import dev.memfuse.lab.retrieval.RetrievalMeasurement;
import dev.memfuse.lab.retrieval.RetrievalReport;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Measures what the engine finds, on conversations with questions whose evidence is known.
@Command(name = "retrieval", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class, description = "Measure recall, rank and latency of queries on conversations with known evidence.", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
        "0:every question was asked", "1:it failed or was stopped", "2:wrong usage or configuration"})
public final class RetrievalCommand implements Callable<Integer> {
    private static final int LEAST_TOP_K = 20;
    private static final int MOST = 1000;

    private final ProgramServices application;
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private LaunchArguments launch = new LaunchArguments();

    @Option(names = "--dataset", required = true, paramLabel = "PATH|generated[:N]", description = "A file or folder in the form of LoCoMo, or a generated conversation of N turns (100 to 1000000, default 10000).")
    private String dataset = "";

    @Option(names = "--model", paramLabel = "NAME", description = "Embedding model; the same as --set embedding.model=NAME.")
    private @Nullable String model;

    @Option(names = "--top-k", defaultValue = "20", paramLabel = "N", description = "Length of the ranked lists, 20 to 1000 (default: ${DEFAULT-VALUE}).")
    private int topK = LEAST_TOP_K;

    @Option(names = "--batch", defaultValue = "10", paramLabel = "N", description = "Messages of one addition (default: ${DEFAULT-VALUE}).")
    private int batch = 10;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the result as JSON.")
    private @Nullable Path json;

    public RetrievalCommand(ProgramServices application, Terminal terminal) {
        this.application = application;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        RetrievalDataset set = checked();
        if (!set.remark().isEmpty()) {
            terminal.step(set.remark());
        }
        AtomicReference<@Nullable RetrievalMeasurement> running = new AtomicReference<>();
        try (StopOnInterrupt interrupt = new StopOnInterrupt(() -> stop(running.get()));
                HeadlessSession engine = application.start(options(), new DistinctLines(terminal))) {
            terminal.step("Database: " + engine.database());
            RetrievalMeasurement measurement = engine.retrieval();
            running.set(measurement);
            if (interrupt.requested()) {
                measurement.stop();
            }
            return finish(measure(measurement, set));
        }
    }

    private RetrievalReport measure(RetrievalMeasurement measurement, RetrievalDataset set) {
        try (WorkProgress progress = new WorkProgress(terminal, System::nanoTime)) {
            return measurement.run(set, new RetrievalMeasurement.Options(batch, topK), progress);
        }
    }

    /// What can be known to be wrong is said before a database is started for it.
    private RetrievalDataset checked() {
        require(topK >= LEAST_TOP_K && topK <= MOST, "--top-k must be 20 to 1000.");
        require(batch >= 1 && batch <= MOST, "--batch must be 1 to 1000.");
        RetrievalDataset set = RetrievalDataset.of(dataset);
        if (spec != null) {
            new OutputFiles(spec.commandLine()).file("--json", json);
        }
        return set;
    }

    private void require(boolean right, String sentence) {
        if (!right && spec != null) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }

    /// Vectors are needed and facts are not; what the user sets wins.
    private LaunchOptions options() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("layers.m1.enabled", "true");
        settings.put("layers.m2.enabled", "false");
        settings.put("buffer.hybrid_buffer.chunk_strategy", "message");
        if (model != null) {
            settings.put("embedding.model", model);
        }
        return launch.options(settings);
    }

    private static void stop(@Nullable RetrievalMeasurement measurement) {
        if (measurement != null) {
            measurement.stop();
        }
    }

    private int finish(RetrievalReport report) {
        terminal.print(RetrievalTable.lines(report));
        if (json != null) {
            ResultJson.write(json, ResultJson.of(report));
            terminal.step("Result written to " + json);
        }
        return report.complete() ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
