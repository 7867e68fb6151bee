package dev.memfuse.console.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.file.NewFolder;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.Workload;
import dev.memfuse.load.report.HtmlReport;
import dev.memfuse.load.report.LoadReport;
import dev.memfuse.load.report.WriteFailure;
import org.jspecify.annotations.Nullable;

/// View model of the Load page: starts, stops and follows loads, and lists the runs since start. FX thread only.
final class LoadViewModel {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final String MARKED = "Correct the marked fields first.";

    private final LoadService loads;
    private final ScenarioRunner scenarios;
    private final TaskRunner tasks;
    private final Consumer<String> inform;
    private final LoadForm form;
    private final FxCoalescer refresh;
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<LoadRun.@Nullable Status> progress = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper holder = new ReadOnlyStringWrapper("");
    private final PassingProblem problem = new PassingProblem();
    private final ReadOnlyStringWrapper changeProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<LoadRun.@Nullable Interim> interim = new ReadOnlyObjectWrapper<>();
    private final ObservableList<RunRow> runs = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable RunRow> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable ResultTable> result = new ReadOnlyObjectWrapper<>();

    /// @param fx executor of the FX thread
    /// @param inform shows one sentence to the user
    LoadViewModel(LoadService loads, ScenarioRunner scenarios, TaskRunner tasks, Executor fx,
            Consumer<String> inform) {
        this.loads = loads;
        this.scenarios = scenarios;
        this.inform = inform;
        this.tasks = tasks;
        this.form = new LoadForm(tasks);
        this.refresh = new FxCoalescer(fx, this::refresh);
        selected.subscribe(row -> result.set(row == null ? null : resultOf(row.run())));
        form.validProperty().subscribe(valid -> {
            if (valid) {
                problem.withdraw(MARKED);
            }
        });
        loads.onRun(this::follow);
        refresh();
    }

    private void follow(LoadRun run) {
        refresh.request();
        run.result().whenComplete((_, _) -> refresh.request());
    }

    private static @Nullable ResultTable resultOf(LoadRun run) {
        return run.ended() && !run.result().isCompletedExceptionally()
                ? ResultTable.of(run.workload(), run.result().resultNow())
                : null;
    }

    /// Applies a state of the engine.
    void engineState(EngineState state) {
        ready.set(state instanceof EngineState.Ready);
    }

    /// Returns the running load, unless it is one of an experiment, whose page shows it.
    private Optional<LoadRun> own() {
        return loads.current().filter(run -> run.experiment().isEmpty());
    }

    /// Reads the progress of the running load.
    void tick() {
        holder.set(loads.reservedBy().orElse(""));
        Optional<LoadRun> run = own();
        running.set(run.isPresent());
        progress.set(run.map(LoadRun::progress).orElse(null));
        interim.set(run.flatMap(LoadRun::interim).orElse(null));
        problem.check();
        if (run.isPresent() && !runs.isEmpty() && runs.getFirst().run().equals(run.get())
                && !runs.getFirst().load().equals(RunRow.loadOf(run.get()))) {
            showRuns();
        }
    }

    /// Reads the runs. Selects the newest run when it has changed; otherwise keeps the selection.
    void refresh() {
        tick();
        showRuns();
    }

    private void showRuns() {
        List<RunRow> rows = loads.runs().reversed().stream().filter(run -> run.experiment().isEmpty())
                .map(RunRow::of).toList();
        if (runs.equals(rows)) {
            return;
        }
        if (rows.isEmpty()) {
            runs.clear();
            return;
        }
        RunRow newest = rows.getFirst();
        boolean changed = runs.isEmpty() || !runs.getFirst().number().equals(newest.number())
                || runs.getFirst().status() != newest.status();
        RunRow open = selected.get();
        runs.setAll(rows);
        selected.set(changed || open == null
                ? newest
                : rows.stream().filter(row -> row.number().equals(open.number())).findFirst().orElse(newest));
        if (changed && newest.run().result().isCompletedExceptionally()) {
            problem.set("The load failed: " + sentence(newest.run().result().exceptionNow()));
        }
    }

    /// Starts the load of the form.
    void start() {
        start(Duration.ZERO, () -> {});
    }

    /// Starts the load of the form; its measured part lasts at least a given time.
    ///
    /// @param refused called when it does not start, after the problem is set
    void start(Duration atLeast, Runnable refused) {
        Optional<Scenario> scenario = form.scenario().map(typed -> lasting(typed, atLeast));
        if (scenario.isEmpty()) {
            problem.set(MARKED);
            refused.run();
            return;
        }
        problem.set("");
        changeProblem.set("");
        tasks.call("start load", () -> scenarios.start(scenario.get())).onSuccess(this::follow)
                .onFailure(e -> {
                    refuse(e);
                    refused.run();
                }).start();
    }

    /// What stands against a start may go away: a load that runs, or an engine that starts.
    private void refuse(Throwable failure) {
        if (loads.busy()) {
            problem.set(sentence(failure), loads::busy);
        } else if (!ready.get()) {
            problem.set(sentence(failure), () -> !ready.get());
        } else {
            problem.set(sentence(failure));
        }
    }

    private static Scenario lasting(Scenario scenario, Duration atLeast) {
        Workload load = scenario.workload();
        return load.duration().compareTo(atLeast) >= 0 ? scenario : scenario.with(load.withDuration(atLeast));
    }

    private static String sentence(Throwable failure) {
        return Sentences.of(failure);
    }

    /// Stops the running load.
    void stop() {
        own().ifPresent(LoadRun::stop);
    }

    /// Opens a scenario in the form; a problem is shown.
    ///
    /// @param source file, or name of a shipped scenario
    void open(Path source) {
        problem.set("");
        tasks.call("open scenario", () -> Scenarios.read(source)).onSuccess(form::show)
                .onFailure(e -> problem.set(sentence(e))).start();
    }

    /// Saves the scenario of the form; a problem is shown.
    void save(Path file) {
        Optional<Scenario> scenario = form.scenario();
        if (scenario.isEmpty()) {
            problem.set(MARKED);
            return;
        }
        problem.set("");
        tasks.call("save scenario", () -> {
            Scenarios.write(scenario.get(), file);
            return file;
        }).onSuccess(written -> inform.accept("Scenario written to " + written + "."))
                .onFailure(e -> problem.set(sentence(e))).start();
    }

    /// Changes the rate or the concurrency of the running load; a wrong number is shown as a problem.
    ///
    /// @return the new load; empty when nothing was changed
    Optional<Double> changeLoad(String typed) {
        try {
            double value = new BigDecimal(typed.strip()).doubleValue();
            own().ifPresent(run -> run.changeLoad(value));
            changeProblem.set("");
            return Optional.of(value);
        } catch (NumberFormatException e) {
            changeProblem.set("Enter the load as a number.");
        } catch (IllegalArgumentException e) {
            changeProblem.set(sentence(e));
        }
        return Optional.empty();
    }

    /// Changes the shares of the operations of the running load; wrong ones are shown as a problem.
    void changeMix(String add, String query, String list) {
        try {
            Workload.Mix mix = new Workload.Mix(new BigDecimal(add.strip()).doubleValue(),
                    new BigDecimal(query.strip()).doubleValue(), new BigDecimal(list.strip()).doubleValue());
            own().ifPresent(run -> run.changeMix(mix));
            changeProblem.set("");
        } catch (NumberFormatException e) {
            changeProblem.set("Enter the shares of the mix as numbers.");
        } catch (IllegalArgumentException e) {
            changeProblem.set(sentence(e));
        }
    }

    /// Returns the shares of the operations of the running load.
    Workload.Mix mix() {
        return own().map(LoadRun::mix).orElse(ScenarioDefaults.WORKLOAD.mix());
    }

    /// Called while the user types another load or mix: the problem of the last change is one of the past.
    void typing() {
        changeProblem.set("");
    }

    /// Returns the problem of the last change of the running load; empty when there was none.
    ReadOnlyStringProperty changeProblemProperty() {
        return changeProblem.getReadOnlyProperty();
    }

    /// Returns the figures of the running load so far; null before the first second of its measured part.
    ReadOnlyObjectProperty<LoadRun.@Nullable Interim> interimProperty() {
        return interim.getReadOnlyProperty();
    }

    /// Writes the report of the selected run into a new folder.
    ///
    /// @param parent parent of the new folder, whose name has number and time of the run; an existing report stays
    void export(Path parent) {
        RunRow row = selected.get();
        if (row == null || result.get() == null) {
            return;
        }
        tasks.call("export report", () -> export(row.run(), parent))
                .onSuccess(written -> inform.accept("Report written to " + written + ".")).start();
    }

    private static Path export(LoadRun run, Path parent) throws IOException {
        LoadReport report = LoadReport.of(run);
        String name = "memfuse-run-" + run.number() + "-"
                + STAMP.format(report.result().startedAt().atZone(ZoneId.systemDefault()));
        try {
            return NewFolder.create(parent, name, folder -> HtmlReport.write(report, folder));
        } catch (UncheckedIOException e) {
            // Its message names the draft of the folder, which is gone.
            IOException cause = Objects.requireNonNull(e.getCause());
            throw new UncheckedIOException("The report cannot be written into " + parent + ": "
                    + WriteFailure.describe(cause), cause);
        }
    }

    /// Returns the arrival of the running load.
    Optional<Workload.Arrival> arrival() {
        return own().map(run -> run.workload().arrival());
    }

    LoadForm form() {
        return form;
    }

    /// Returns whether the engine is ready for a load.
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /// Returns whether a load is running.
    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Returns the progress of the load; null when none is running.
    ReadOnlyObjectProperty<LoadRun.@Nullable Status> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// Returns the experiment that holds the loads, in one word; empty when none does.
    ReadOnlyStringProperty holderProperty() {
        return holder.getReadOnlyProperty();
    }

    /// Returns the problem of the last start or run; empty when there was none.
    ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }

    /// Returns the runs since start, newest first.
    ObservableList<RunRow> runs() {
        return runs;
    }

    /// Returns the selected run.
    ObjectProperty<@Nullable RunRow> selectedProperty() {
        return selected;
    }

    /// Returns the result of the selected run; null when it has none.
    ReadOnlyObjectProperty<@Nullable ResultTable> resultProperty() {
        return result.getReadOnlyProperty();
    }
}
