package dev.memfuse.console.lab.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;

import dev.memfuse.console.fx.Action;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.Sentences;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.trial.ExperimentRun;
import dev.memfuse.lab.trial.ExperimentService;
import org.jspecify.annotations.Nullable;

/// Starts, follows and cancels the experiments of one kind for their page. FX thread only.
///
/// @param <P> plan
/// @param <E> an experiment
/// @param <V> what the page shows of a running experiment
public final class ExperimentModel<P, E extends ExperimentRun<P, ?, ?>, V extends RunningText> {
    private static final String MARKED = "Correct the marked fields first.";

    private final String kind;
    private final ExperimentService<P, E> service;
    private final Function<E, V> view;
    private final TaskRunner tasks;
    private final FxCoalescer refresh;
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper cancelling = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable V> progress = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable E> ended = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<PageState> state;
    private final PassingProblem problem = new PassingProblem();
    private volatile @Nullable E latest;
    private @Nullable E shown;
    private Runnable again = () -> {};
    private int checks;

    /// @param kind the kind in one word: "sweep"
    /// @param empty state before the first experiment
    /// @param view makes what the page shows of a running experiment
    /// @param fx executor of the FX thread
    public ExperimentModel(String kind, PageState empty, ExperimentService<P, E> service, Function<E, V> view,
            TaskRunner tasks, Executor fx) {
        this.kind = kind;
        this.service = service;
        this.view = view;
        this.tasks = tasks;
        this.state = new ReadOnlyObjectWrapper<>(empty);
        this.refresh = new FxCoalescer(fx, this::refresh);
    }

    /// Begins to follow experiments, also one that runs already.
    ///
    /// @param runAgain repeats an experiment that failed
    public void follow(Runnable runAgain) {
        again = runAgain;
        service.onRun(this::follow);
        service.current().ifPresent(this::follow);
        refresh();
    }

    /// Called on any thread.
    private void follow(E run) {
        latest = run;
        refresh.request();
        run.result().whenComplete((_, _) -> refresh.request());
    }

    /// Applies a state of the engine.
    public void engineState(EngineState now) {
        ready.set(now instanceof EngineState.Ready);
    }

    /// Reads the progress of the running experiment.
    public void tick() {
        Optional<E> current = service.current();
        current.ifPresent(run -> latest = run);
        progress.set(current.map(view).orElse(null));
        boolean runs = current.isPresent();
        if (runs != running.get()) {
            cancelling.set(false);
            running.set(runs);
        }
        problem.check();
    }

    private void refresh() {
        tick();
        E run = latest;
        if (running.get()) {
            ended.set(null);
            state.set(PageState.READY);
        } else if (run != null && !run.equals(shown) && run.ended()) {
            showEnd(run);
        }
    }

    private void showEnd(E run) {
        shown = run;
        if (run.result().isCompletedExceptionally()) {
            Throwable failure = run.result().exceptionNow();
            ended.set(null);
            state.set(new PageState.Failed(String.format(Locale.ROOT, "The %s has no result. %s", kind,
                    sentence(failure)), "The settings from before are in force unless the sentence says otherwise.",
                    failure.toString(), new PageState.Action("Run again", again)));
        } else {
            ended.set(run);
            state.set(PageState.READY);
        }
    }

    /// Checks the input while no experiment runs. Of several checks the last one counts.
    ///
    /// @param check checks the input; not on the FX thread
    /// @param plan returns the plan of a check; empty when the input has a problem
    /// @param checked receives the check, on the FX thread
    public <C> void check(Callable<C> check, Function<C, Optional<P>> plan, Consumer<C> checked) {
        if (running.get()) {
            return;
        }
        checks++;
        int number = checks;
        tasks.call("check " + kind, check).onSuccess(found -> {
            if (number == checks) {
                checked.accept(found);
                withdrawRequest(plan.apply(found).isPresent());
            }
        }).start();
    }

    private void withdrawRequest(boolean valid) {
        if (valid) {
            problem.withdraw(MARKED);
        }
    }

    /// Starts an experiment.
    ///
    /// @param check checks the input; not on the FX thread
    /// @param plan returns the plan of a check; empty when the input has a problem
    /// @param checked receives the check, on the FX thread
    public <C> void start(Callable<C> check, Function<C, Optional<P>> plan, Consumer<C> checked) {
        problem.set("");
        tasks.call("start " + kind, () -> {
            C found = check.call();
            plan.apply(found).ifPresent(service::start);
            return found;
        }).onSuccess(found -> {
            checked.accept(found);
            if (plan.apply(found).isEmpty()) {
                problem.set(MARKED);
            }
            refresh();
        }).onFailure(this::refuse).start();
    }

    /// What stands against a start may go away: a load that runs, or an engine that starts.
    private void refuse(Throwable failure) {
        if (service.blocked()) {
            problem.set(sentence(failure), service::blocked);
        } else if (!ready.get()) {
            problem.set(sentence(failure), () -> !ready.get());
        } else {
            fail(failure);
        }
    }

    /// Returns a failure as a sentence for the user.
    public static String sentence(Throwable failure) {
        return Sentences.of(failure);
    }

    /// Shows the failure of an action.
    public void fail(Throwable failure) {
        problem.set(sentence(failure));
    }

    /// Ends the running experiment early; what was measured until then is its result.
    public void cancel() {
        service.current().ifPresent(run -> {
            cancelling.set(true);
            run.stop();
        });
    }

    /// Returns the actions of the page of this kind of experiment.
    ///
    /// @param run starts the experiment of the form, or shows why it cannot
    public List<Action> actions(Runnable run) {
        return List.of(
                Action.of(kind + ".run", "Start the " + kind + " of the form", run)
                        .when(() -> ready.get() && !running.get()),
                Action.of(kind + ".cancel", "End the running " + kind + " early", this::cancel)
                        .when(() -> running.get() && !cancelling.get()));
    }

    /// Shows the place of results, for one that was not measured now.
    public void showReady() {
        ended.set(null);
        state.set(PageState.READY);
    }

    /// Returns whether the engine is ready.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /// Returns whether an experiment is running.
    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Returns whether the running experiment was asked to end.
    public ReadOnlyBooleanProperty cancellingProperty() {
        return cancelling.getReadOnlyProperty();
    }

    /// Returns the progress; null when no experiment is running.
    public ReadOnlyObjectProperty<@Nullable V> progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /// Returns the last experiment when it has a result; null otherwise.
    public ReadOnlyObjectProperty<@Nullable E> endedProperty() {
        return ended.getReadOnlyProperty();
    }

    /// Returns the state of the part below the form.
    public ReadOnlyObjectProperty<PageState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    /// Returns the problem of the last action; empty when there was none.
    public ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }
}
