package dev.memfuse.console.load;

import java.nio.file.Path;
import java.util.List;
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
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.load.LoadRun;
import dev.memfuse.load.LoadService;
import dev.memfuse.load.Workload;
import dev.memfuse.load.report.HtmlReport;
import dev.memfuse.load.report.LoadReport;
import org.jspecify.annotations.Nullable;

/// The Load page: starts and ends loads, follows the one that runs, keeps those of this sitting. Used on the FX thread.
final class LoadViewModel {
    private final LoadService loads;
    private final TaskRunner tasks;
    private final Consumer<String> said;
    private final LoadForm form = new LoadForm();
    private final FxCoalescer refresh;
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<LoadRun.@Nullable Progress> progress = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ObservableList<RunRow> runs = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable RunRow> selected = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<@Nullable ResultTable> result = new ReadOnlyObjectWrapper<>();

    /// @param fx runs on the FX thread
    /// @param said shows one line for the user
    LoadViewModel(LoadService loads, TaskRunner tasks, Executor fx, Consumer<String> said) {
        this.loads = loads;
        this.said = said;
        this.tasks = tasks;
        this.refresh = new FxCoalescer(fx, this::refresh);
        selected.subscribe(row -> result.set(row == null ? null : resultOf(row.run())));
        loads.onRun(this::follow);
        refresh();
    }

    private void follow(LoadRun run) {
        refresh.request();
        run.result().whenComplete((_, _) -> refresh.request());
    }

    private static @Nullable ResultTable resultOf(LoadRun run) {
        return run.result().isDone() && !run.result().isCompletedExceptionally()
                ? ResultTable.of(run.result().resultNow())
                : null;
    }

    /// Shows a state of the engine.
    void engineState(EngineState state) {
        ready.set(state instanceof EngineState.Ready);
    }

    /// Takes the progress of the load that runs.
    void tick() {
        Optional<LoadRun> run = loads.current();
        running.set(run.isPresent());
        progress.set(run.map(LoadRun::progress).orElse(null));
    }

    /// Takes the runs; opens the newest one when it has changed, else leaves the selection.
    void refresh() {
        tick();
        List<RunRow> rows = loads.runs().reversed().stream().map(RunRow::of).toList();
        if (runs.equals(rows)) {
            return;
        }
        RunRow newest = rows.getFirst();
        boolean changed = runs.isEmpty() || !runs.getFirst().equals(newest);
        RunRow open = selected.get();
        runs.setAll(rows);
        selected.set(changed || open == null
                ? newest
                : rows.stream().filter(row -> row.number().equals(open.number())).findFirst().orElse(newest));
        if (changed && newest.run().result().isCompletedExceptionally()) {
            problem.set("The load failed: " + sentence(newest.run().result().exceptionNow()));
        }
    }

    /// Starts the load that the form describes.
    void start() {
        Optional<Workload> workload = form.workload();
        if (workload.isEmpty()) {
            problem.set("Correct the marked fields first.");
            return;
        }
        problem.set("");
        tasks.call("start load", () -> loads.start(workload.get())).onSuccess(this::follow)
                .onFailure(e -> problem.set(sentence(e))).start();
    }

    private static String sentence(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /// Ends the load that runs.
    void stop() {
        loads.current().ifPresent(LoadRun::stop);
    }

    /// Changes the rate, or the concurrency, of the load that runs.
    void changeLoad(double value) {
        loads.current().ifPresent(run -> run.changeLoad(value));
    }

    /// Writes the report of the selected run into a folder of its own.
    ///
    /// @param parent where that folder is made
    void export(Path parent) {
        RunRow row = selected.get();
        if (row == null || result.get() == null) {
            return;
        }
        Path folder = parent.resolve("memfuse-run-" + row.run().number());
        tasks.call("export report", () -> {
            HtmlReport.write(LoadReport.of(row.run()), List.of(), folder);
            return folder;
        }).onSuccess(written -> said.accept("Report written to " + written + ".")).start();
    }

    /// How operations arrive in the load that runs.
    Optional<Workload.Arrival> arrival() {
        return loads.current().map(run -> run.workload().arrival());
    }

    LoadForm form() {
        return form;
    }

    /// Whether the engine takes a load.
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /// Whether a load runs.
    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// How far the load is; empty when none runs.
    ReadOnlyObjectProperty<LoadRun.@Nullable Progress> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// Why the last start or run failed; empty when it did not.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// The runs of this sitting, newest first.
    ObservableList<RunRow> runs() {
        return runs;
    }

    /// The run whose result is shown.
    ObjectProperty<@Nullable RunRow> selectedProperty() {
        return selected;
    }

    /// The result of the selected run; empty while it has none.
    ReadOnlyObjectProperty<@Nullable ResultTable> resultProperty() {
        return result.getReadOnlyProperty();
    }
}
