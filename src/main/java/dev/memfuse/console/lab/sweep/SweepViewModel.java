package dev.memfuse.console.lab.sweep;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.lab.experiment.ExperimentModel;
import dev.memfuse.console.lab.export.ResultFiles;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepResult;
import dev.memfuse.lab.sweep.SweepRun;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the Sweep page: checks the form, runs and follows a sweep, and shows its result. FX thread only.
final class SweepViewModel {
    private static final PageState EMPTY = new PageState.Empty(Icons.SWEEP, "No sweep yet",
            "Run measures throughput and latency at each value of a parameter. The result says how much of it is "
                    + "enough, and where more of it makes things worse.");

    private final Lab lab;
    private final TaskRunner tasks;
    private final Consumer<String> inform;
    private final SweepForm form;
    private final ExperimentModel<SweepPlan, SweepRun, RunningView> experiment;
    private final ReadOnlyObjectWrapper<@Nullable SweepResult> result = new ReadOnlyObjectWrapper<>();

    /// @param fx executor of the FX thread
    /// @param inform shows one sentence to the user
    SweepViewModel(Lab lab, Tunables tunables, TaskRunner tasks, Executor fx, Consumer<String> inform) {
        this.lab = lab;
        this.tasks = tasks;
        this.inform = inform;
        form = new SweepForm(tunables);
        experiment = new ExperimentModel<>("sweep", EMPTY, lab.sweeps(), RunningView::of, tasks, fx);
        form.onChange(this::check);
        FxCoalescer check = new FxCoalescer(fx, this::check);
        // A sweep changes settings itself; its end is the last of these changes.
        tunables.onChange(_ -> check.request());
        experiment.runningProperty().subscribe((_, _) -> check());
        experiment.endedProperty().subscribe(run -> result.set(run == null ? null : run.result().resultNow()));
        experiment.follow(this::run);
    }

    /// Checks the form.
    void check() {
        SweepCheck.Draft draft = form.draft();
        experiment.check(() -> SweepCheck.of(draft, lab), SweepCheck::plan, form::show);
    }

    /// Starts the sweep of the form. An invalid form shows its problems instead.
    void run() {
        SweepCheck.Draft draft = form.draft();
        experiment.start(() -> SweepCheck.of(draft, lab), SweepCheck::plan, form::show);
    }

    /// Shows a recorded sweep in the place of the last result.
    void show(SweepResult recorded) {
        experiment.showReady();
        result.set(recorded);
    }

    /// Returns the text of the button that runs a plan.
    static String runText(SweepCheck check) {
        return check.plan().map(plan -> "Run " + Numbers.count(plan.loads(), "load") + ", about "
                + Formats.estimate(plan.planned())).orElse("Run");
    }

    /// Returns the writer of files with results.
    ResultFiles files() {
        return new ResultFiles(tasks, inform, experiment::fail);
    }

    SweepForm form() {
        return form;
    }

    /// Returns the running and the last sweep.
    ExperimentModel<SweepPlan, SweepRun, RunningView> experiment() {
        return experiment;
    }

    /// Returns the result that is shown; null while there is none.
    ReadOnlyObjectProperty<@Nullable SweepResult> resultProperty() {
        return result.getReadOnlyProperty();
    }
}
