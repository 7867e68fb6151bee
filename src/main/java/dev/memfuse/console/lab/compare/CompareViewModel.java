package dev.memfuse.console.lab.compare;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.ConfigProfiles.Profile;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.lab.experiment.ExperimentModel;
import dev.memfuse.console.lab.export.ResultFiles;
import dev.memfuse.lab.compare.ComparedScenario;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.history.RecordedResults;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.trial.KeptArm;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the Compare page: checks the form, runs and follows a comparison, shows its result, and puts the
/// candidate in force. FX thread only.
final class CompareViewModel {
    private static final PageState EMPTY = new PageState.Empty(Icons.COMPARE, "No comparison yet",
            "Run compares A and B under the same load, in blocks that alternate. The result says which is better, by "
                    + "how much, and whether it is noise.");

    private final Lab lab;
    private final Tunables tunables;
    private final TaskRunner tasks;
    private final Consumer<String> inform;
    private final CompareForm form = new CompareForm();
    private final ExperimentModel<ComparisonPlan, ComparisonRun, RunningView> experiment;
    private final ReadOnlyObjectWrapper<@Nullable ResultView> result = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Tunables.@Nullable Change> kept = new ReadOnlyObjectWrapper<>();

    /// @param fx executor of the FX thread
    /// @param inform shows one sentence to the user
    CompareViewModel(Lab lab, Tunables tunables, TaskRunner tasks, Executor fx, Consumer<String> inform) {
        this.lab = lab;
        this.tunables = tunables;
        this.tasks = tasks;
        this.inform = inform;
        experiment = new ExperimentModel<>("comparison", EMPTY, lab.comparisons(), RunningView::of, tasks, fx);
        FxCoalescer check = new FxCoalescer(fx, this::check);
        form.onChange(this::check);
        form.load().chosenProperty().subscribe((_, _) -> showProfiles());
        // A comparison changes settings itself; its end is the last of these changes.
        tunables.onChange(_ -> check.request());
        experiment.runningProperty().subscribe((_, runs) -> {
            if (runs) {
                lab.comparisons().current().ifPresent(run -> form.show(PlannedArms.of(run.plan())));
            }
            check();
        });
        experiment.endedProperty().subscribe(run -> result.set(run == null
                ? null
                : ResultView.of(run.result().resultNow(), run.plan().margin(), run.plan().pairs())));
        experiment.follow(this::run);
    }

    /// Reads the profiles, and checks the form with them.
    void reload() {
        tasks.call("list profiles", () -> lab.arms().get().profiles().list().stream().map(Profile::name).toList())
                .onSuccess(names -> {
                    form.profiles().removeIf(name -> !name.equals(Arms.AS_IT_RUNS) && !names.contains(name));
                    Stream.concat(Stream.of(Arms.AS_IT_RUNS), names.stream())
                            .filter(name -> !form.profiles().contains(name)).forEach(form.profiles()::add);
                    check();
                }).start();
    }

    /// Fills the arms with the profiles of the chosen scenario. Its problems are those of the check.
    private void showProfiles() {
        form.load().source().ifPresent(source -> tasks
                .call("open scenario", () -> new ComparedScenario(Scenarios.read(source))).onSuccess(form::show)
                .onFailure(_ -> {}).start());
    }

    private void check() {
        PlanCheck.Draft draft = form.draft();
        experiment.check(() -> PlanCheck.of(draft, lab), PlanCheck::plan, form::show);
    }

    /// Reads the progress of the running comparison.
    void tick() {
        experiment.tick();
    }

    /// Starts the comparison of the form. An invalid form shows its problems instead.
    void run() {
        PlanCheck.Draft draft = form.draft();
        experiment.start(() -> PlanCheck.of(draft, lab), PlanCheck::plan, checked -> {
            form.show(checked);
            if (checked.plan().isPresent()) {
                kept.set(null);
            }
        });
    }

    /// Ends the running comparison early; the pairs until then are its result.
    void cancel() {
        experiment.cancel();
    }

    /// Shows a recorded comparison in the place of the last result.
    void show(RecordedResults.Comparison recorded) {
        experiment.showReady();
        kept.set(null);
        result.set(ResultView.of(recorded.result(), recorded.margin(), recorded.pairs()));
    }

    /// Puts the settings of arm B in force.
    void keep() {
        ComparisonRun run = experiment.endedProperty().get();
        if (run == null) {
            return;
        }
        Arm arm = run.plan().b();
        tasks.call("keep arm B", () -> KeptArm.keep(tunables, arm)).onSuccess(change -> {
            kept.set(change.orElse(null));
            Optional<String> notKept = KeptArm.notKept(tunables.get(), arm);
            String rest = notKept.map(sentence -> " " + sentence).orElse("");
            inform.accept(change.isPresent()
                    ? "B is in force: " + arm.name() + "." + rest
                    : notKept.orElse("B is in force already."));
        }).onFailure(experiment::fail).start();
    }

    /// Takes the settings of arm B back.
    void revert() {
        Tunables.Change change = kept.get();
        if (change != null) {
            tasks.call("revert arm B", () -> KeptArm.revert(tunables, change)).onSuccess(_ -> {
                kept.set(null);
                inform.accept("The settings from before B are in force again.");
            }).onFailure(experiment::fail).start();
        }
    }

    /// Returns the writer of files with results.
    ResultFiles files() {
        return new ResultFiles(tasks, inform, experiment::fail);
    }

    CompareForm form() {
        return form;
    }

    /// Returns the text of the button that runs the plan.
    static String runText(PlanCheck check) {
        return check.plan().map(CompareViewModel::runText).orElse("Run");
    }

    private static String runText(ComparisonPlan plan) {
        return "Run " + Numbers.count(plan.pairs(), "pair") + ", about " + Formats.estimate(plan.planned());
    }

    /// Returns the running and the last comparison.
    ExperimentModel<ComparisonPlan, ComparisonRun, RunningView> experiment() {
        return experiment;
    }

    /// Returns the result that is shown; null while there is none.
    ReadOnlyObjectProperty<@Nullable ResultView> resultProperty() {
        return result.getReadOnlyProperty();
    }

    /// Returns the change that put arm B in force; null when it was not kept.
    ReadOnlyObjectProperty<Tunables.@Nullable Change> keptProperty() {
        return kept.getReadOnlyProperty();
    }
}
