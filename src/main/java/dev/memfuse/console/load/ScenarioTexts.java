package dev.memfuse.console.load;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.lab.scenario.RecordedArrivals;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioChange;
import dev.memfuse.lab.scenario.ScenarioFault;
import dev.memfuse.lab.scenario.ScenarioFile;
import dev.memfuse.lab.scenario.Times;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.MessageSize;
import dev.memfuse.load.shape.Shape;

/// Reads texts of the form as the values that a scenario has, by the reader of scenarios, so that form and file accept
/// the same.
final class ScenarioTexts {
    private static final Path FOLDER = Path.of("").toAbsolutePath();

    private ScenarioTexts() {}

    /// A text that cannot be read.
    static final class WrongTextException extends RuntimeException {
        WrongTextException(String sentence) {
            super(sentence);
        }

        /// Returns the sentence for the user.
        String sentence() {
            return String.valueOf(getMessage());
        }
    }

    /// Reads a value.
    ///
    /// @param yaml a scenario with the text
    /// @param part returns the value
    /// @throws WrongTextException when the text is wrong
    static <T> T read(String yaml, Function<Scenario, T> part) {
        try {
            return part.apply(ScenarioFile.parse("form", yaml, FOLDER));
        } catch (ConfigException e) {
            throw new WrongTextException(sentence(e.problems().getFirst()));
        }
    }

    private static String sentence(ConfigProblem problem) {
        return asSentence(problem.message());
    }

    /// Returns a problem with a capital and a full stop.
    static String asSentence(String message) {
        String first = message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1);
        return first.endsWith(".") ? first : first + ".";
    }

    /// Returns the size of messages; empty for an empty text.
    static Optional<MessageSize> messageSize(String text) {
        return text.isBlank()
                ? Optional.empty()
                : read("messages: {size: " + quoted(text) + "}", scenario -> scenario.workload().content()
                        .messageSize());
    }

    /// Returns the thresholds, one a line.
    static List<Threshold> thresholds(String text) {
        return read("users: 1\n" + list("thresholds", text, ScenarioTexts::quoted),
                scenario -> scenario.workload().thresholds());
    }

    /// Returns the rates, separated by commas.
    static List<Double> rates(String text) {
        String items = Arrays.stream(text.split(",", -1)).map(String::strip).map(ScenarioTexts::quoted)
                .collect(Collectors.joining(", "));
        return read("shape: {kind: steps, rates: [" + items + "]}", scenario -> scenario.workload()
                .arrival() instanceof Arrival.Open(_, Shape.Steps(List<Double> rates, _), _) ? rates : List.of());
    }

    /// Returns the shape of a recorded run. Reads its files.
    static Shape replay(String text, double scale) {
        try {
            return RecordedArrivals.read(Path.of(text.strip()), scale);
        } catch (IllegalArgumentException e) {
            throw new WrongTextException(text.isBlank()
                    ? "Choose the folder of a recording or of a report."
                    : asSentence(String.valueOf(e.getMessage())));
        }
    }

    /// Returns the changes, one a line, at any time and of any load.
    static List<ScenarioChange> changes(String text) {
        return read("duration: 24h\n" + list("changes", text, line -> line), Scenario::changes);
    }

    /// Returns the faults, one a line, at any time.
    static List<ScenarioFault> faults(String text) {
        return read("duration: 24h\n" + list("faults", text, line -> line), Scenario::faults);
    }

    /// Returns changes as lines that [#changes] reads.
    static String changeLines(List<ScenarioChange> changes) {
        return changes.stream().map(change -> entry(change.at(), change.text())).collect(Collectors.joining("\n"));
    }

    /// Returns faults as lines that [#faults] reads.
    static String faultLines(List<ScenarioFault> faults) {
        return faults.stream().map(fault -> entry(fault.at(), fault.text())).collect(Collectors.joining("\n"));
    }

    private static String entry(Duration at, String text) {
        return "{at: " + Times.print(at) + ", " + text + "}";
    }

    /// Returns a list of YAML whose items are the lines that are not blank.
    ///
    /// @param item makes an item of a line
    static String list(String name, String lines, Function<String, String> item) {
        List<String> items = lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        StringBuilder yaml = new StringBuilder(name).append(items.isEmpty() ? ": []\n" : ":\n");
        items.forEach(line -> yaml.append("  - ").append(item.apply(line)).append('\n'));
        return yaml.toString();
    }

    /// Returns a text in quotes.
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", " ") + '"';
    }
}
