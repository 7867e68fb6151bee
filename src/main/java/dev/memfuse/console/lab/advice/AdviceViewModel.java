package dev.memfuse.console.lab.advice;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.schema.ConfigDiff;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.lab.experiment.ExperimentModel;
import dev.memfuse.console.lab.export.ResultFiles;
import dev.memfuse.lab.advice.Advice;
import dev.memfuse.lab.advice.Setting;
import dev.memfuse.lab.advice.run.AdvicePlan;
import dev.memfuse.lab.advice.run.AdviceReport;
import dev.memfuse.lab.advice.run.AdviceRun;
import dev.memfuse.lab.advice.run.AdviceTrial;
import dev.memfuse.lab.advice.run.TrialPlan;
import dev.memfuse.lab.advice.run.TrialRun;
import dev.memfuse.lab.history.RecordedResults;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.trial.KeptArm;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the Advice page: runs the load that advice is derived from, tries an advice, and keeps or reverts its
/// change. FX thread only.
final class AdviceViewModel {
    private static final PageState EMPTY = new PageState.Empty(Icons.ADVICE, "No advice yet",
            "Run puts a load on the engine and says what should be changed, with the evidence. Each change can be "
                    + "tried: a comparison shows its effect before it is kept.");

    private final Lab lab;
    private final Tunables tunables;
    private final TaskRunner tasks;
    private final Consumer<String> inform;
    private final AdviceForm form = new AdviceForm();
    private final ExperimentModel<AdvicePlan, AdviceRun, AdviceProgress> experiment;
    private final ExperimentModel<TrialPlan, TrialRun, TrialProgress> trials;
    private final Map<Advice, AdviceTrial> tried = new HashMap<>();
    private final Map<Advice, Tunables.Change> kept = new HashMap<>();
    private final ReadOnlyObjectWrapper<@Nullable AdviceView> result = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper stale = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private Supplier<@Nullable AdviceView> shown = () -> null;
    private @Nullable Workload load;
    private @Nullable MemFuseConfig judged;

    /// @param fx executor of the FX thread
    /// @param inform shows one sentence to the user
    AdviceViewModel(Lab lab, Tunables tunables, TaskRunner tasks, Executor fx, Consumer<String> inform) {
        this.lab = lab;
        this.tunables = tunables;
        this.tasks = tasks;
        this.inform = inform;
        experiment = new ExperimentModel<>("advice", EMPTY, lab.advice(), AdviceProgress::of, tasks, fx);
        trials = new ExperimentModel<>("trial", PageState.READY, lab.trials(), TrialProgress::of, tasks, fx);
        FxCoalescer changed = new FxCoalescer(fx, this::showAge);
        tunables.onChange(_ -> changed.request());
        form.onChange(this::check);
        experiment.runningProperty().subscribe((_, _) -> check());
        busy.bind(experiment.runningProperty().or(trials.runningProperty()));
        experiment.endedProperty().subscribe(run -> {
            if (run != null) {
                show(run.result().resultNow(), run.plan().load(), tunables.get());
            } else if (experiment.runningProperty().get()) {
                clear();
            }
        });
        trials.endedProperty().subscribe(run -> {
            if (run != null) {
                tried.put(run.plan().advice(), run.result().resultNow());
                refresh();
            }
        });
        experiment.follow(this::run);
        trials.follow(() -> {});
    }

    private void clear() {
        shown = () -> null;
        judged = null;
        refresh();
    }

    private void refresh() {
        result.set(shown.get());
        showAge();
    }

    /// Shows that other settings are in force than those under which the load ran.
    private void showAge() {
        MemFuseConfig then = judged;
        stale.set(then == null || lab.experimenting() || then.equals(tunables.get())
                ? ""
                : "Settings have changed since this load ran: "
                        + Numbers.count(ConfigDiff.between(then, tunables.get()).size(), "setting")
                        + ". Run again to see what follows from them.");
    }

    /// Checks the form.
    void check() {
        AdviceCheck.Draft draft = form.draft();
        experiment.check(() -> AdviceCheck.of(draft), AdviceCheck::plan, form::show);
    }

    /// Reads the progress of what runs.
    void tick() {
        experiment.tick();
        trials.tick();
    }

    /// Runs the load of the form. An invalid form shows its problems instead.
    void run() {
        AdviceCheck.Draft draft = form.draft();
        experiment.start(() -> AdviceCheck.of(draft), AdviceCheck::plan, form::show);
    }

    private void show(AdviceReport report, Workload workload, @Nullable MemFuseConfig config) {
        tried.clear();
        kept.clear();
        load = workload;
        judged = config;
        shown = () -> AdviceView.of(report, tried, kept.keySet());
        refresh();
    }

    /// Shows recorded advice in the place of the last result.
    void show(RecordedResults.Advised recorded) {
        experiment.showReady();
        show(recorded.report(), recorded.load(), null);
    }

    /// Shows a recorded trial in the place of the last result.
    void show(AdviceTrial recorded) {
        experiment.showReady();
        tried.clear();
        kept.clear();
        load = null;
        judged = null;
        shown = () -> AdviceView.of(recorded, kept.keySet());
        refresh();
    }

    /// Returns whether an advice can be tried here.
    boolean triable(Advice advice) {
        return load != null && advice.triable() && advice.prediction() != null;
    }

    /// Tries the change of an advice by a comparison.
    void attempt(Advice advice) {
        Workload workload = load;
        if (workload != null && triable(advice)) {
            trials.start(() -> AdviceTrial.plan(advice, lab.arms().get(), workload),
                    plan -> Optional.of(new TrialPlan(advice, plan)), _ -> {});
        }
    }

    /// Puts the change of an advice in force.
    void keep(Advice advice) {
        tasks.call("keep change", () -> {
            Arms arms = lab.arms().get();
            return KeptArm.keep(tunables, arms.arm(Optional.empty(),
                    advice.change().stream().map(Setting::text).toList()));
        }).onSuccess(change -> {
            change.ifPresent(applied -> kept.put(advice, applied));
            inform.accept(change.isPresent() ? "The change is in force." : "The change is in force already.");
            refresh();
        }).onFailure(trials::fail).start();
    }

    /// Takes the change of an advice back.
    void revert(Advice advice) {
        Tunables.Change change = kept.get(advice);
        if (change != null) {
            tasks.call("revert change", () -> KeptArm.revert(tunables, change)).onSuccess(_ -> {
                kept.remove(advice);
                inform.accept("The settings from before the change are in force again.");
                refresh();
            }).onFailure(trials::fail).start();
        }
    }

    /// Returns the writer of files with results.
    ResultFiles files() {
        return new ResultFiles(tasks, inform, experiment::fail);
    }

    AdviceForm form() {
        return form;
    }

    /// Returns the running and the last load for advice.
    ExperimentModel<AdvicePlan, AdviceRun, AdviceProgress> experiment() {
        return experiment;
    }

    /// Returns the running and the last trial.
    ExperimentModel<TrialPlan, TrialRun, TrialProgress> trials() {
        return trials;
    }

    /// Returns the advice that is shown; null while there is none.
    ReadOnlyObjectProperty<@Nullable AdviceView> resultProperty() {
        return result.getReadOnlyProperty();
    }

    /// Returns why the advice is out of date; empty when it is not.
    ReadOnlyStringProperty staleProperty() {
        return stale.getReadOnlyProperty();
    }

    /// Returns whether a load for advice or a trial runs.
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }
}
