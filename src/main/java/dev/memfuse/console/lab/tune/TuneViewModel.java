package dev.memfuse.console.lab.tune;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.config.Tunables;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.lab.experiment.ExperimentModel;
import dev.memfuse.console.lab.export.ResultFiles;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.lab.tune.TunePlan;
import dev.memfuse.lab.tune.TuneResult;
import dev.memfuse.lab.tune.TuneRun;
import dev.memfuse.lab.tune.TunedProfile;
import org.jspecify.annotations.Nullable;

/// View model of the section that tunes: checks the form, runs and follows a tuning, shows its result, and writes the
/// best settings as a profile. FX thread only.
final class TuneViewModel {
    private static final PageState EMPTY = new PageState.Empty(Icons.FLAGS, "No tuning yet",
            "Run tries many settings for a short time, the better ones for longer, and proves the best against the "
                    + "settings in force. The result says what was tried and whether the best is really better.");

    private final Lab lab;
    private final TaskRunner tasks;
    private final Consumer<String> inform;
    private final TuneForm form = new TuneForm();
    private final ExperimentModel<TunePlan, TuneRun, TuneProgress> experiment;
    private final ReadOnlyObjectWrapper<@Nullable TuneResult> result = new ReadOnlyObjectWrapper<>();
    private final StringProperty profile = new SimpleStringProperty("tuned");
    private final ReadOnlyStringWrapper profileProblem = new ReadOnlyStringWrapper("");

    /// @param fx executor of the FX thread
    /// @param inform shows one sentence to the user
    TuneViewModel(Lab lab, Tunables tunables, TaskRunner tasks, Executor fx, Consumer<String> inform) {
        this.lab = lab;
        this.tasks = tasks;
        this.inform = inform;
        experiment = new ExperimentModel<>("tuning", EMPTY, lab.tunes(), TuneProgress::of, tasks, fx);
        form.onChange(this::check);
        FxCoalescer check = new FxCoalescer(fx, this::check);
        // A tuning changes settings itself; its end is the last of these changes.
        tunables.onChange(_ -> check.request());
        profile.subscribe((_, _) -> profileProblem.set(""));
        experiment.endedProperty().subscribe(run -> show(run == null ? null : run.result().resultNow()));
        experiment.follow(this::run);
    }

    private void show(@Nullable TuneResult next) {
        profileProblem.set("");
        result.set(next);
    }

    /// Checks the form.
    void check() {
        TuneCheck.Draft draft = form.draft();
        experiment.check(() -> TuneCheck.of(draft, lab), TuneCheck::plan, form::show);
    }

    /// Starts the tuning of the form. An invalid form shows its problems instead.
    void run() {
        TuneCheck.Draft draft = form.draft();
        experiment.start(() -> TuneCheck.of(draft, lab), TuneCheck::plan, form::show);
    }

    /// Shows a recorded tuning in the place of the last result.
    void showRecorded(TuneResult recorded) {
        experiment.showReady();
        show(recorded);
    }

    /// Writes the best settings as a profile with the typed name. A name that is taken is a problem.
    void save() {
        TuneResult best = result.get();
        String name = profile.get().strip();
        if (best == null) {
            return;
        }
        profileProblem.set("");
        tasks.call("write profile", () -> {
            Arms arms = lab.arms().get();
            Optional<String> problem = TunedProfile.problem(arms.profiles(), name)
                    .or(() -> TunedProfile.taken(arms.profiles(), name)
                            ? Optional.of("there is a profile " + name + "; choose another name")
                            : Optional.empty());
            if (problem.isEmpty()) {
                arms.profiles().save(name, TunedProfile.settings(arms.running(), best));
            }
            return problem;
        }).onSuccess(problem -> {
            problem.ifPresent(clause -> profileProblem
                    .set(clause.substring(0, 1).toUpperCase(Locale.ROOT) + clause.substring(1) + "."));
            if (problem.isEmpty()) {
                inform.accept("Profile " + name + " written. Flags and Compare offer it.");
            }
        }).onFailure(failure -> profileProblem.set(ExperimentModel.sentence(failure))).start();
    }

    /// Returns the writer of files with results.
    ResultFiles files() {
        return new ResultFiles(tasks, inform, experiment::fail);
    }

    TuneForm form() {
        return form;
    }

    /// Returns the running and the last tuning.
    ExperimentModel<TunePlan, TuneRun, TuneProgress> experiment() {
        return experiment;
    }

    /// Returns the result that is shown; null while there is none.
    ReadOnlyObjectProperty<@Nullable TuneResult> resultProperty() {
        return result.getReadOnlyProperty();
    }

    /// Returns the name of the profile as typed.
    StringProperty profileProperty() {
        return profile;
    }

    /// Returns why no profile was written; empty when there is no problem.
    ReadOnlyStringProperty profileProblemProperty() {
        return profileProblem.getReadOnlyProperty();
    }
}
