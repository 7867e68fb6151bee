package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.RetrievalTable;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.lab.retrieval.Misses;
import dev.memfuse.lab.retrieval.RetrievalDataset;
import dev.memfuse.lab.retrieval.RetrievalMeasurement;
import dev.memfuse.lab.retrieval.RetrievalReport;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures the quality of query results on conversations whose questions have known evidence.
@Command(name = "retrieval",
        description = "Measure recall, rank and latency of queries on conversations with known evidence.",
        exitCodeList = {
                "0:every question was asked", "1:the measurement failed or was stopped",
                "2:wrong usage or configuration"})
public final class RetrievalCommand implements Callable<Integer> {
    private static final int MIN_TOP_K = 20;
    private static final int MAX_TOP_K = 1000;
    private static final int MAX_BATCH = 1000;

    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Option(names = "--dataset", required = true, paramLabel = "PATH|generated[:N]",
            description = "File or folder of LoCoMo or LongMemEval, or a generated conversation of N turns (100 to "
                    + "1000000, default 10000).")
    private String dataset = "";

    @Option(names = "--model", paramLabel = "NAME",
            description = "Embedding model; the same as --set embedding.model=NAME.")
    private @Nullable String model;

    @Option(names = "--top-k", defaultValue = "20", paramLabel = "N",
            description = "Length of the ranked lists, 20 to 1000 (default: ${DEFAULT-VALUE}).")
    private int topK = MIN_TOP_K;

    @Option(names = "--batch", defaultValue = "10", paramLabel = "N",
            description = "Messages per call of add, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int batch = 10;

    @Option(names = "--cross-validate",
            description = "Also rank each conversation with signals and weights that are chosen on the others.")
    private boolean crossValidate;

    @Option(names = "--explain-misses", paramLabel = "FILE",
            description = "Write each question whose evidence is not all among the first ten to this file as JSON, "
                    + "with rank and points of every signal.")
    private @Nullable Path misses;

    /// @param terminal receives result and progress
    public RetrievalCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        RetrievalDataset set = checkedDataset();
        set.remarks().forEach(terminal::step);
        return launcher.run(options(), (session, interrupt) -> measure(session, interrupt, set));
    }

    /// Checks the arguments before the database is started.
    private RetrievalDataset checkedDataset() {
        standard.require(topK >= MIN_TOP_K && topK <= MAX_TOP_K, "--top-k must be 20 to 1000.");
        standard.require(batch >= 1 && batch <= MAX_BATCH, "--batch must be 1 to 1000.");
        RetrievalDataset set = RetrievalDataset.of(dataset);
        standard.require(!crossValidate || names(set).size() > 1,
                "--cross-validate needs at least two conversations of different names.");
        json.check(standard.outputs());
        standard.outputs().file("--explain-misses", misses);
        return set;
    }

    private static Set<String> names(RetrievalDataset set) {
        Set<String> names = new HashSet<>();
        set.haystacks().forEach(haystack -> names.add(haystack.id()));
        return names;
    }

    /// Enables vectors and disables facts, which the measurement does not use. Settings of the user take precedence.
    private LaunchOptions options() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("layers.m1.enabled", "true");
        defaults.put("layers.m2.enabled", "false");
        defaults.put("buffer.hybrid_buffer.chunk_strategy", "message");
        return launch.options(defaults, model == null ? Map.of() : Map.of("embedding.model", model));
    }

    private int measure(HeadlessSession session, StopOnInterrupt interrupt, RetrievalDataset set) {
        terminal.step("Database: " + session.database());
        RetrievalMeasurement measurement = session.retrieval();
        interrupt.stopWith(measurement::stop);
        RetrievalReport report = measurement.run(set, new RetrievalMeasurement.Options(batch, topK, crossValidate,
                Optional.ofNullable(misses).map(file -> found -> write(found, file))), terminal::progress);
        terminal.print(RetrievalTable.lines(report));
        json.write(() -> ResultJson.of(report), terminal);
        return report.complete() ? ExitCodes.FINE : ExitCodes.FAILED;
    }

    private void write(Misses found, Path file) {
        ResultJson.write(file, ResultJson.of(found));
        terminal.step("Misses written to " + file);
    }
}
