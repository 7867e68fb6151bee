package dev.memfuse.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import dev.memfuse.cli.option.CsvOutput;
import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.LayersTable;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.lab.layers.DialogueResult;
import dev.memfuse.lab.layers.LayersDataset;
import dev.memfuse.lab.layers.LayersMeasurement;
import dev.memfuse.lab.layers.LayersReport;
import dev.memfuse.lab.layers.report.LayersFiles;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures the quality of facts and episodes on dialogues whose facts are known.
@Command(name = "layers",
        description = "Measure facts and episodes on dialogues whose facts are known: precision, recall, supersession, "
                + "times, titles.",
        exitCodeList = {"0:every dialogue was measured", "1:the measurement failed or was stopped",
                "2:wrong usage or configuration"})
public final class LayersCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final CsvOutput csv = new CsvOutput();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Option(names = "--dataset", defaultValue = "labelled",
            paramLabel = "labelled[:develop|judge|unseen|times|moments]|PATH",
            description = "The dialogues of the program or a part of them, a file of labelled dialogues (JSON "
                    + "Lines), or conversations of LoCoMo or LongMemEval, which have no labels (default: "
                    + "${DEFAULT-VALUE}).")
    private String dataset = "labelled";

    @Option(names = "--facts", paramLabel = "FILE",
            description = "Write the facts and episodes of each dialogue to this file as JSON, with its labels.")
    private @Nullable Path facts;

    /// @param terminal receives result and progress
    public LayersCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    /// The file of `--facts`.
    private record FactsFile(List<DialogueResult> dialogues) {}

    @Override
    public Integer call() throws InterruptedException {
        LayersDataset set = LayersDataset.of(dataset);
        json.check(standard.outputs());
        csv.check(standard.outputs());
        standard.outputs().file("--facts", facts);
        set.remarks().forEach(terminal::step);
        return launcher.run(options(), (session, interrupt) -> measure(session, interrupt, set));
    }

    /// Enables both layers. Settings of the user take precedence.
    private LaunchOptions options() {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("layers.m1.enabled", "true");
        defaults.put("layers.m2.enabled", "true");
        return launch.options(defaults, Map.of());
    }

    private int measure(HeadlessSession session, StopOnInterrupt interrupt, LayersDataset set) {
        terminal.step("Database: " + session.database());
        LayersMeasurement measurement = session.layers();
        interrupt.stopWith(measurement::stop);
        List<DialogueResult> results = new ArrayList<>();
        Optional<Consumer<DialogueResult>> consumer = facts == null ? Optional.empty() : Optional.of(results::add);
        LayersReport report = measurement.run(set, consumer, terminal::progress);
        terminal.print(LayersTable.lines(report));
        json.write(() -> ResultJson.of(report), terminal);
        csv.write(() -> LayersFiles.csv(report), terminal);
        if (facts != null) {
            ResultJson.write(facts, ResultJson.of(new FactsFile(results)));
            terminal.step("Facts written to " + facts);
        }
        return report.complete() ? ExitCodes.FINE : ExitCodes.FAILED;
    }
}
