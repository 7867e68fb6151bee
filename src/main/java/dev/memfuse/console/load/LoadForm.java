package dev.memfuse.console.load;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioCheck;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.load.Workload;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.metrics.stats.Numbers;

/// The load form: its input as a scenario, and the problems of the input. FX thread only.
final class LoadForm {
    private static final List<LoadField> MIX = List.of(LoadField.ADD, LoadField.QUERY, LoadField.LIST);

    private final LoadInput input = new LoadInput();
    private final Map<LoadField, ReadOnlyStringWrapper> problems = new EnumMap<>(LoadField.class);
    private final Map<LoadText, ReadOnlyStringWrapper> lineProblems = new EnumMap<>(LoadText.class);
    private final ReadOnlyStringWrapper datasetProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper(true);
    private final ReadOnlyStringWrapper wrong = new ReadOnlyStringWrapper("");
    private final FileLookup<Boolean> exists;
    private final ScenarioReader reader;
    private final ScenarioDisplay display = new ScenarioDisplay(input);
    private Scenario base = Scenario.of(ScenarioDefaults.WORKLOAD);
    private Optional<Scenario> typed = Optional.empty();
    private boolean filling;

    /// @param tasks looks up the files that the form names
    LoadForm(TaskRunner tasks) {
        exists = new FileLookup<>(tasks, path -> Files.exists(Path.of(path)), this::check);
        reader = new ScenarioReader(input, (field, sentence) -> lineProblem(field).set(sentence), tasks, this::check);
        for (LoadField field : LoadField.values()) {
            problems.put(field, new ReadOnlyStringWrapper(""));
        }
        for (LoadText field : LoadText.values()) {
            lineProblems.put(field, new ReadOnlyStringWrapper(""));
        }
        input.subscribe(this::check);
    }

    private void check() {
        if (filling) {
            return;
        }
        Set<LoadField> shown = input.applicable();
        for (LoadField field : LoadField.values()) {
            problemText(field).set(shown.contains(field) ? field.problem(input.text(field).get()) : "");
        }
        lineProblems.values().forEach(text -> text.set(""));
        if (MIX.stream().allMatch(field -> problem(field).get().isEmpty() && input.number(field) == 0)) {
            problemText(LoadField.ADD).set("Enter a share above 0 for at least one operation.");
        }
        datasetProblem.set(input.fromDatasetProperty().get() ? describeDatasetProblem() : "");
        typed = isValid() ? reader.read(base) : Optional.empty();
        typed.ifPresent(scenario -> ScenarioCheck.problems(scenario, _ -> true).forEach(this::showProblem));
        valid.set(isValid());
        wrong.set(describeWrong());
    }

    /// Names the first wrong field, which may be out of sight below the button that it disables.
    private String describeWrong() {
        List<String> titles = Stream.of(
                Stream.of(LoadField.values()).filter(field -> !problem(field).get().isEmpty()).map(LoadField::title),
                Stream.of(LoadText.values()).filter(field -> !problem(field).get().isEmpty()).map(LoadText::title),
                Stream.of("From files").filter(_ -> !datasetProblem.get().isEmpty()))
                .flatMap(Function.identity()).toList();
        return switch (titles.size()) {
            case 0 -> "";
            case 1 -> "Correct " + titles.getFirst() + ".";
            default -> "Correct " + titles.getFirst() + ", and "
                    + Numbers.count(titles.size() - 1L, "field") + " below.";
        };
    }

    private boolean isValid() {
        return datasetProblem.get().isEmpty() && problems.values().stream().allMatch(text -> text.get().isEmpty())
                && lineProblems.values().stream().allMatch(text -> text.get().isEmpty());
    }

    /// Shows a problem that depends on several fields at one of them.
    private void showProblem(WorkloadCheck.Problem problem) {
        String section = problem.field().replaceFirst("[.\\[].*", "");
        switch (section) {
            case "changes" -> lineProblem(LoadText.CHANGES).set(ScenarioTexts.asSentence(problem.sentence()));
            case "faults" -> lineProblem(LoadText.FAULTS).set(ScenarioTexts.asSentence(problem.sentence()));
            case "messages" -> lineProblem(LoadText.SIZE).set(ScenarioTexts.asSentence(problem.sentence()));
            default -> problemText(switch (problem.field()) {
                case "shape.amplitude" -> LoadField.AMPLITUDE;
                case "shape.to" -> LoadField.TO;
                case "shape.recording" -> LoadField.SCALE;
                case "warmup.maximum" -> LoadField.WARMUP_MAX;
                case "shape.rates" -> LoadField.EVERY;
                default -> LoadField.USERS;
            }).set(problem.sentence());
        }
    }

    private ReadOnlyStringWrapper lineProblem(LoadText field) {
        return Objects.requireNonNull(lineProblems.get(field));
    }

    private ReadOnlyStringWrapper problemText(LoadField field) {
        return Objects.requireNonNull(problems.get(field));
    }

    private String describeDatasetProblem() {
        String typedPath = input.datasetProperty().get();
        if (typedPath.isBlank()) {
            return "Choose a file with conversations or a folder of them.";
        }
        try {
            Path path = Path.of(typedPath);
            // While it is looked up the start of the load finds out.
            return exists.of(path.toString()).orElse(true)
                    ? ""
                    : "The file or folder does not exist. Choose another one.";
        } catch (InvalidPathException e) {
            return "The path is not valid: " + e.getReason() + ".";
        }
    }

    /// Returns the typed scenario; empty when a field is invalid.
    Optional<Scenario> scenario() {
        return valid.get() ? typed : Optional.empty();
    }

    /// Returns the load of the typed scenario; empty when a field is invalid.
    Optional<Workload> workload() {
        return scenario().map(Scenario::workload);
    }

    /// Shows what was typed before the last end of the window, and keeps what is typed from now on.
    void keep(Remembered remembered) {
        fill(() -> input.keep(remembered));
    }

    /// Shows a scenario in the fields.
    void show(Scenario scenario) {
        fill(() -> {
            base = scenario;
            title.set(scenario.name());
            display.show(scenario);
        });
    }

    private void fill(Runnable changes) {
        filling = true;
        changes.run();
        filling = false;
        check();
    }

    /// Returns what is typed and chosen.
    LoadInput input() {
        return input;
    }

    /// Returns the problem of a field; empty when it is valid.
    ReadOnlyStringProperty problem(LoadField field) {
        return problemText(field).getReadOnlyProperty();
    }

    /// Returns the problem of a field; empty when it is valid.
    ReadOnlyStringProperty problem(LoadText field) {
        return lineProblem(field).getReadOnlyProperty();
    }

    /// Returns the name of the scenario that was opened or saved; empty without one.
    ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// Returns the problem of the file or folder; empty when it is valid.
    ReadOnlyStringProperty datasetProblemProperty() {
        return datasetProblem.getReadOnlyProperty();
    }

    /// Returns which fields are wrong, in a few words; empty when all are valid.
    ReadOnlyStringProperty wrongProperty() {
        return wrong.getReadOnlyProperty();
    }

    /// Returns whether all fields are valid.
    ReadOnlyBooleanProperty validProperty() {
        return valid.getReadOnlyProperty();
    }
}
