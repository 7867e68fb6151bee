package dev.memfuse.console.load;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.console.fx.Remembered;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.load.ScenarioTexts.WrongTextException;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioChange;
import dev.memfuse.lab.scenario.ScenarioCheck;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.scenario.ScenarioFault;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Workload;
import dev.memfuse.load.Workload.Arrival;
import dev.memfuse.load.Workload.ArrivalProcess;
import dev.memfuse.load.Workload.GeneratorPlace;
import dev.memfuse.load.WorkloadCheck;
import dev.memfuse.load.shape.Shape;

/// Input of the load form and its problems: a scenario as texts. FX thread only.
final class LoadForm {
    private static final List<LoadField> MIX = List.of(LoadField.ADD, LoadField.QUERY, LoadField.LIST);
    private static final List<LoadField> ALWAYS = List.of(LoadField.USERS, LoadField.DURATION, LoadField.WARMUP,
            LoadField.ADD, LoadField.QUERY, LoadField.LIST, LoadField.BATCH, LoadField.TOP_K, LoadField.SEED);

    private static final String KEPT = "load.form.";

    private final Map<LoadField, StringProperty> texts = new EnumMap<>(LoadField.class);
    private final Map<LoadField, ReadOnlyStringWrapper> problems = new EnumMap<>(LoadField.class);
    private final Map<LoadText, StringProperty> lines = new EnumMap<>(LoadText.class);
    private final Map<LoadText, ReadOnlyStringWrapper> lineProblems = new EnumMap<>(LoadText.class);
    private final BooleanProperty open = new SimpleBooleanProperty(true);
    private final BooleanProperty untilSettled = new SimpleBooleanProperty(false);
    private final ObjectProperty<ArrivalProcess> process = new SimpleObjectProperty<>(ArrivalProcess.POISSON);
    private final ObjectProperty<GeneratorPlace> generator = new SimpleObjectProperty<>(GeneratorPlace.SHARED);
    private final ObjectProperty<ShapeKind> shape = new SimpleObjectProperty<>(ShapeKind.STEADY);
    private final BooleanProperty fromDataset = new SimpleBooleanProperty(false);
    private final StringProperty dataset = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper datasetProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper(true);
    private final FileLookup<Boolean> exists;
    private final FileLookup<Recording> recordings;
    private Scenario base = Scenario.of(ScenarioDefaults.WORKLOAD);
    private Optional<Scenario> typed = Optional.empty();
    private boolean filling;

    /// A recorded run as a shape with the scale 1, or the problem with it.
    private record Recording(Optional<Shape.Replay> shape, String problem) {
        static Recording read(String text) {
            try {
                return ScenarioTexts.replay(text, 1) instanceof Shape.Replay shape
                        ? new Recording(Optional.of(shape), "")
                        : new Recording(Optional.empty(), "It is no recording.");
            } catch (WrongTextException e) {
                return new Recording(Optional.empty(), e.sentence());
            }
        }
    }

    /// @param tasks looks up the files that the form names
    LoadForm(TaskRunner tasks) {
        exists = new FileLookup<>(tasks, path -> Files.exists(Path.of(path)), this::check);
        recordings = new FileLookup<>(tasks, Recording::read, this::check);
        for (LoadField field : LoadField.values()) {
            texts.put(field, new SimpleStringProperty(field.first()));
            problems.put(field, new ReadOnlyStringWrapper(""));
        }
        for (LoadText field : LoadText.values()) {
            lines.put(field, new SimpleStringProperty(""));
            lineProblems.put(field, new ReadOnlyStringWrapper(""));
        }
        texts.values().forEach(text -> text.subscribe(this::check));
        lines.values().forEach(text -> text.subscribe(this::check));
        open.subscribe(this::check);
        untilSettled.subscribe(this::check);
        process.subscribe(this::check);
        generator.subscribe(this::check);
        shape.subscribe(this::check);
        fromDataset.subscribe(this::check);
        dataset.subscribe(this::check);
        check();
    }

    private void check() {
        if (filling) {
            return;
        }
        Set<LoadField> shown = shown();
        for (LoadField field : LoadField.values()) {
            problemText(field).set(shown.contains(field) ? field.problem(text(field).get()) : "");
        }
        lineProblems.values().forEach(text -> text.set(""));
        if (MIX.stream().allMatch(field -> problem(field).get().isEmpty() && number(field) == 0)) {
            problemText(LoadField.ADD).set("Enter a share above 0 for at least one operation.");
        }
        datasetProblem.set(fromDataset.get() ? describeDatasetProblem() : "");
        typed = isValid() ? build() : Optional.empty();
        typed.ifPresent(scenario -> ScenarioCheck.problems(scenario, _ -> true).forEach(this::showProblem));
        valid.set(isValid());
    }

    private boolean isValid() {
        return datasetProblem.get().isEmpty() && problems.values().stream().allMatch(text -> text.get().isEmpty())
                && lineProblems.values().stream().allMatch(text -> text.get().isEmpty());
    }

    /// Returns the numeric fields that apply to the choices.
    private Set<LoadField> shown() {
        Set<LoadField> shown = ALWAYS.stream().collect(Collectors.toSet());
        if (untilSettled.get()) {
            shown.add(LoadField.WARMUP_MAX);
        }
        shown.addAll(open.get() ? shape.get().fields() : List.of(LoadField.CONCURRENCY, LoadField.THINK_TIME));
        if (open.get()) {
            shown.add(LoadField.IN_FLIGHT);
        }
        return shown;
    }

    /// Shows a problem that depends on several fields at one of them.
    private void showProblem(WorkloadCheck.Problem problem) {
        String section = problem.field().replaceFirst("[.\\[].*", "");
        switch (section) {
            case "changes" -> lineProblem(LoadText.CHANGES, problem);
            case "faults" -> lineProblem(LoadText.FAULTS, problem);
            case "messages" -> lineProblem(LoadText.SIZE, problem);
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

    private void lineProblem(LoadText field, WorkloadCheck.Problem problem) {
        Objects.requireNonNull(lineProblems.get(field)).set(ScenarioTexts.asSentence(problem.sentence()));
    }

    private ReadOnlyStringWrapper problemText(LoadField field) {
        return Objects.requireNonNull(problems.get(field));
    }

    private String describeDatasetProblem() {
        if (dataset.get().isBlank()) {
            return "Choose a file with conversations or a folder of them.";
        }
        try {
            Path path = Path.of(dataset.get());
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

    private Optional<Scenario> build() {
        try {
            Optional<Workload.MessageSize> size = read(LoadText.SIZE, text -> ScenarioTexts.messageSize(text));
            List<Threshold> thresholds = read(LoadText.THRESHOLDS, ScenarioTexts::thresholds);
            Arrival arrival = arrival();
            List<ScenarioChange> changes = read(LoadText.CHANGES, ScenarioTexts::changes);
            List<ScenarioFault> faults = read(LoadText.FAULTS, ScenarioTexts::faults);
            Workload.Mix mix = new Workload.Mix(number(LoadField.ADD), number(LoadField.QUERY),
                    number(LoadField.LIST));
            Optional<Path> data = fromDataset.get() ? Optional.of(Path.of(dataset.get())) : Optional.empty();
            Duration warmup = seconds(LoadField.WARMUP);
            Workload workload = new Workload(whole(LoadField.USERS), arrival, seconds(LoadField.DURATION),
                    new Workload.Warmup(warmup, untilSettled.get() ? seconds(LoadField.WARMUP_MAX) : warmup), mix,
                    new Workload.Content(whole(LoadField.BATCH), whole(LoadField.TOP_K), data, size),
                    LoadField.SEED.parse(text(LoadField.SEED).get()).orElseThrow().longValue(), thresholds,
                    generator.get());
            return Optional.of(new Scenario(base.name(), base.description(), base.profiles(), base.network(), workload,
                    changes, faults));
        } catch (WrongTextException e) {
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface TextReader<T> {
        T read(String text);
    }

    private <T> T read(LoadText field, TextReader<T> reader) {
        try {
            return reader.read(text(field).get());
        } catch (WrongTextException e) {
            Objects.requireNonNull(lineProblems.get(field)).set(e.sentence());
            throw e;
        }
    }

    private Arrival arrival() {
        return open.get()
                ? new Arrival.Open(process.get(), typedShape(), whole(LoadField.IN_FLIGHT))
                : new Arrival.Closed(whole(LoadField.CONCURRENCY), seconds(LoadField.THINK_TIME));
    }

    private Shape typedShape() {
        double rate = shape.get().fields().contains(LoadField.RATE) ? number(LoadField.RATE) : 0;
        return switch (shape.get()) {
            case STEADY -> new Shape.Steady(rate);
            case RAMP -> new Shape.Ramp(number(LoadField.FROM), number(LoadField.TO), seconds(LoadField.OVER));
            case STEPS -> new Shape.Steps(read(LoadText.RATES, ScenarioTexts::rates), seconds(LoadField.EVERY));
            case SPIKE -> new Shape.Spike(rate, number(LoadField.PEAK), seconds(LoadField.PEAK_AT),
                    seconds(LoadField.PEAK_FOR));
            case SINE -> new Shape.Sine(rate, number(LoadField.AMPLITUDE), seconds(LoadField.PERIOD));
            case REPLAY -> read(LoadText.RECORDING, this::recorded);
        };
    }

    private Shape recorded(String text) {
        Recording recording = recordings.of(text)
                .orElseThrow(() -> new WrongTextException("The recording is being read."));
        Shape.Replay read = recording.shape().orElseThrow(() -> new WrongTextException(recording.problem()));
        return new Shape.Replay(read.recording(), number(LoadField.SCALE), read.perSecond());
    }

    /// Shows what was typed before the last end of the window, and keeps what is typed from now on.
    void keep(Remembered remembered) {
        filling = true;
        texts.forEach((field, text) -> remembered.keep(KEPT + field.name(), text));
        lines.forEach((field, text) -> remembered.keep(KEPT + field.name(), text));
        remembered.keep(KEPT + "open", open);
        remembered.keep(KEPT + "until_settled", untilSettled);
        remembered.keep(KEPT + "process", ArrivalProcess.class, process);
        remembered.keep(KEPT + "shape", ShapeKind.class, shape);
        remembered.keep(KEPT + "from_files", fromDataset);
        remembered.keep(KEPT + "files", dataset);
        filling = false;
        check();
    }

    /// Shows a scenario in the fields.
    void show(Scenario scenario) {
        filling = true;
        base = scenario;
        title.set(scenario.name());
        Workload workload = scenario.workload();
        show(workload.arrival());
        set(LoadField.USERS, workload.users());
        setSeconds(LoadField.DURATION, workload.duration());
        setSeconds(LoadField.WARMUP, workload.warmup().minimum());
        untilSettled.set(!workload.warmup().isFixed());
        if (!workload.warmup().isFixed()) {
            setSeconds(LoadField.WARMUP_MAX, workload.warmup().maximum());
        }
        set(LoadField.ADD, workload.mix().add());
        set(LoadField.QUERY, workload.mix().query());
        set(LoadField.LIST, workload.mix().list());
        set(LoadField.BATCH, workload.batchSize());
        set(LoadField.TOP_K, workload.topK());
        text(LoadField.SEED).set(Long.toString(workload.seed()));
        generator.set(workload.generator());
        fromDataset.set(workload.dataset().isPresent());
        dataset.set(workload.dataset().map(Path::toString).orElse(""));
        text(LoadText.SIZE).set(workload.content().messageSize().map(size -> size.min() == size.max()
                ? Integer.toString(size.min())
                : size.min() + ".." + size.max()).orElse(""));
        text(LoadText.THRESHOLDS).set(workload.thresholds().stream().map(Threshold::text)
                .collect(Collectors.joining("\n")));
        text(LoadText.CHANGES).set(ScenarioTexts.changeLines(scenario.changes()));
        text(LoadText.FAULTS).set(ScenarioTexts.faultLines(scenario.faults()));
        filling = false;
        check();
    }

    private void show(Arrival arrival) {
        open.set(arrival instanceof Arrival.Open);
        switch (arrival) {
            case Arrival.Closed(int concurrency, Duration thinkTime) -> {
                set(LoadField.CONCURRENCY, concurrency);
                setSeconds(LoadField.THINK_TIME, thinkTime);
            }
            case Arrival.Open(ArrivalProcess newProcess, Shape newShape, int inFlight) -> {
                process.set(newProcess);
                set(LoadField.IN_FLIGHT, inFlight);
                show(newShape);
            }
        }
    }

    private void show(Shape newShape) {
        switch (newShape) {
            case Shape.Steady(double rate) -> {
                shape.set(ShapeKind.STEADY);
                set(LoadField.RATE, rate);
            }
            case Shape.Ramp(double from, double to, Duration over) -> {
                shape.set(ShapeKind.RAMP);
                set(LoadField.FROM, from);
                set(LoadField.TO, to);
                setSeconds(LoadField.OVER, over);
            }
            case Shape.Steps(List<Double> rates, Duration every) -> {
                shape.set(ShapeKind.STEPS);
                text(LoadText.RATES).set(rates.stream().map(LoadForm::plain).collect(Collectors.joining(", ")));
                setSeconds(LoadField.EVERY, every);
            }
            case Shape.Spike(double rate, double peak, Duration at, Duration length) -> {
                shape.set(ShapeKind.SPIKE);
                set(LoadField.RATE, rate);
                set(LoadField.PEAK, peak);
                setSeconds(LoadField.PEAK_AT, at);
                setSeconds(LoadField.PEAK_FOR, length);
            }
            case Shape.Sine(double rate, double amplitude, Duration period) -> {
                shape.set(ShapeKind.SINE);
                set(LoadField.RATE, rate);
                set(LoadField.AMPLITUDE, amplitude);
                setSeconds(LoadField.PERIOD, period);
            }
            case Shape.Replay(Path recording, double scale, _) -> {
                shape.set(ShapeKind.REPLAY);
                text(LoadText.RECORDING).set(recording.toString());
                set(LoadField.SCALE, scale);
            }
        }
    }

    private void set(LoadField field, double value) {
        text(field).set(plain(value));
    }

    private void setSeconds(LoadField field, Duration time) {
        text(field).set(BigDecimal.valueOf(time.toNanos(), 9).stripTrailingZeros().toPlainString());
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private double number(LoadField field) {
        return field.parse(text(field).get()).orElseThrow().doubleValue();
    }

    private Duration seconds(LoadField field) {
        return Duration.ofNanos(field.parse(text(field).get()).orElseThrow().movePointRight(9).longValue());
    }

    private int whole(LoadField field) {
        return (int) number(field);
    }

    /// Returns the text of a numeric field.
    StringProperty text(LoadField field) {
        return Objects.requireNonNull(texts.get(field));
    }

    /// Returns the text of another field.
    StringProperty text(LoadText field) {
        return Objects.requireNonNull(lines.get(field));
    }

    /// Returns the problem of a field; empty when it is valid.
    ReadOnlyStringProperty problem(LoadField field) {
        return problemText(field).getReadOnlyProperty();
    }

    /// Returns the problem of a field; empty when it is valid.
    ReadOnlyStringProperty problem(LoadText field) {
        return Objects.requireNonNull(lineProblems.get(field)).getReadOnlyProperty();
    }

    /// Returns the name of the scenario that was opened or saved; empty without one.
    ReadOnlyStringProperty titleProperty() {
        return title.getReadOnlyProperty();
    }

    /// Returns whether operations arrive at a rate instead of a fixed concurrency.
    BooleanProperty openProperty() {
        return open;
    }

    /// Returns whether the warm-up lasts until the load has settled.
    BooleanProperty untilSettledProperty() {
        return untilSettled;
    }

    /// Returns the distribution of the arrivals.
    ObjectProperty<ArrivalProcess> processProperty() {
        return process;
    }

    /// Returns the process of the load generator.
    ObjectProperty<GeneratorPlace> generatorProperty() {
        return generator;
    }

    /// Returns the shape of the rate.
    ObjectProperty<ShapeKind> shapeProperty() {
        return shape;
    }

    /// Returns whether the conversations come from files instead of the generator.
    BooleanProperty fromDatasetProperty() {
        return fromDataset;
    }

    /// Returns the path of the file or folder of conversations.
    StringProperty datasetProperty() {
        return dataset;
    }

    /// Returns the problem of the file or folder; empty when it is valid.
    ReadOnlyStringProperty datasetProblemProperty() {
        return datasetProblem.getReadOnlyProperty();
    }

    /// Returns whether all fields are valid.
    ReadOnlyBooleanProperty validProperty() {
        return valid.getReadOnlyProperty();
    }
}
