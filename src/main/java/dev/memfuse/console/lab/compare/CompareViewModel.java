package dev.memfuse.console.lab.compare;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.ConfigProfiles.Profile;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonResult;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.compare.report.ComparisonHtml;
import dev.memfuse.lab.trial.Arm;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.trial.KeptArm;
import dev.memfuse.load.report.ResultJson;
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
    private final FxCoalescer refresh;
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper cancelling = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable RunningView> progress = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable ResultView> result = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<PageState> state = new ReadOnlyObjectWrapper<>(EMPTY);
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Tunables.@Nullable Change> kept = new ReadOnlyObjectWrapper<>();
    private @Nullable ComparisonRun latest;
    private int checks;

    /// @param fx executor of the FX thread
    /// @param inform shows one sentence to the user
    CompareViewModel(Lab lab, Tunables tunables, TaskRunner tasks, Executor fx, Consumer<String> inform) {
        this.lab = lab;
        this.tunables = tunables;
        this.tasks = tasks;
        this.inform = inform;
        refresh = new FxCoalescer(fx, this::refresh);
        FxCoalescer check = new FxCoalescer(fx, this::check);
        form.onChange(this::check);
        // A comparison changes settings itself; its end is the last of these changes.
        tunables.onChange(_ -> check.request());
        lab.comparisons().onRun(this::follow);
        lab.comparisons().current().ifPresent(this::follow);
        refresh();
    }

    private void follow(ComparisonRun run) {
        refresh.request();
        run.result().whenComplete((_, _) -> refresh.request());
    }

    /// Applies a state of the engine.
    void engineState(EngineState now) {
        ready.set(now instanceof EngineState.Ready);
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

    private void check() {
        if (running.get()) {
            return;
        }
        checks++;
        int number = checks;
        PlanCheck.Draft draft = form.draft();
        tasks.call("check comparison", () -> PlanCheck.of(draft, lab)).onSuccess(found -> {
            if (number == checks) {
                form.show(found);
            }
        }).start();
    }

    /// Reads the progress of the running comparison.
    void tick() {
        Optional<ComparisonRun> current = lab.comparisons().current();
        current.ifPresent(run -> latest = run);
        progress.set(current.map(RunningView::of).orElse(null));
        boolean runs = current.isPresent();
        if (runs != running.get()) {
            cancelling.set(false);
            running.set(runs);
            check();
        }
    }

    private void refresh() {
        tick();
        ComparisonRun run = latest;
        if (running.get()) {
            result.set(null);
            state.set(PageState.READY);
        } else if (run != null && run.result().isDone()) {
            showEnd(run);
        }
    }

    private void showEnd(ComparisonRun run) {
        if (run.result().isCompletedExceptionally()) {
            Throwable failure = run.result().exceptionNow();
            result.set(null);
            state.set(new PageState.Failed("The comparison has no result. " + sentence(failure),
                    "The settings from before are in force unless the sentence says otherwise.",
                    failure.toString(), new PageState.Action("Run again", this::run)));
        } else {
            ComparisonResult measured = run.result().resultNow();
            result.set(ResultView.of(run.plan(), measured));
            state.set(PageState.READY);
        }
    }

    /// Starts the comparison of the form. An invalid form shows its problems instead.
    void run() {
        PlanCheck.Draft draft = form.draft();
        problem.set("");
        tasks.call("start comparison", () -> start(draft)).onSuccess(checked -> {
            form.show(checked);
            if (checked.plan().isEmpty()) {
                problem.set("Correct the marked fields first.");
            } else {
                kept.set(null);
            }
            refresh();
        }).onFailure(failure -> problem.set(sentence(failure))).start();
    }

    private PlanCheck start(PlanCheck.Draft draft) {
        PlanCheck check = PlanCheck.of(draft, lab);
        check.plan().ifPresent(lab.comparisons()::start);
        return check;
    }

    private static String sentence(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /// Ends the running comparison early; the pairs until then are its result.
    void cancel() {
        lab.comparisons().current().ifPresent(run -> {
            cancelling.set(true);
            run.stop();
        });
    }

    /// Puts the settings of arm B in force.
    void keep() {
        ComparisonRun run = latest;
        if (run == null || result.get() == null) {
            return;
        }
        Arm arm = run.plan().b();
        tasks.call("keep arm B", () -> KeptArm.keep(tunables, arm)).onSuccess(change -> {
            kept.set(change.orElse(null));
            inform.accept(change.isPresent() ? "B is in force: " + arm.name() + "." : "B is in force already.");
        }).onFailure(failure -> problem.set(sentence(failure))).start();
    }

    /// Takes the settings of arm B back.
    void revert() {
        Tunables.Change change = kept.get();
        if (change != null) {
            tasks.call("revert arm B", () -> KeptArm.revert(tunables, change)).onSuccess(_ -> {
                kept.set(null);
                inform.accept("The settings from before B are in force again.");
            }).onFailure(failure -> problem.set(sentence(failure))).start();
        }
    }

    /// Writes the last result as one HTML page.
    void report(Path file) {
        ComparisonRun run = latest;
        if (run != null && result.get() != null) {
            tasks.call("write report", () -> {
                ResultJson.write(file, ComparisonHtml.page(run.result().resultNow(), run.plan().margin()));
                return file;
            }).onSuccess(written -> inform.accept("Report written to " + written + ".")).start();
        }
    }

    CompareForm form() {
        return form;
    }

    /// Returns the text of the button that runs the plan.
    static String runText(PlanCheck check) {
        return check.plan().map(CompareViewModel::runText).orElse("Run");
    }

    private static String runText(ComparisonPlan plan) {
        return "Run " + Numbers.count(plan.pairs(), "pair") + ", about " + Formats.duration(plan.planned());
    }

    /// Returns whether the engine is ready.
    ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /// Returns whether a comparison is running.
    ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Returns whether the running comparison was asked to end.
    ReadOnlyBooleanProperty cancellingProperty() {
        return cancelling.getReadOnlyProperty();
    }

    /// Returns the progress; null when no comparison is running.
    ReadOnlyObjectProperty<@Nullable RunningView> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// Returns the last result; null while there is none.
    ReadOnlyObjectProperty<@Nullable ResultView> resultProperty() {
        return result.getReadOnlyProperty();
    }

    /// Returns the state of the part below the form.
    ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Returns the problem of the last action; empty when there was none.
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Returns the change that put arm B in force; null when it was not kept.
    ReadOnlyObjectProperty<Tunables.@Nullable Change> keptProperty() {
        return kept.getReadOnlyProperty();
    }
}
