package dev.memfuse.console.lab.scorecard;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;

import dev.memfuse.config.ConfigChange;
import dev.memfuse.config.Tunables;
import dev.memfuse.console.fx.FxCoalescer;
import dev.memfuse.console.fx.PassingProblem;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.lab.experiment.ExperimentModel;
import dev.memfuse.lab.scorecard.Phase;
import dev.memfuse.lab.scorecard.PhaseSwitch;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// View model of the phases: shows the one in force, applies one and rolls one back, and offers a comparison of before
/// and after. FX thread only.
final class PhasesModel {
    private final PhaseSwitch phases;
    private final BooleanSupplier experimenting;
    private final TaskRunner tasks;
    private final BiConsumer<List<String>, List<String>> compare;
    private final ReadOnlyObjectWrapper<PhaseSwitch.@Nullable InForce> inForce = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Tunables.@Nullable Change> last = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final PassingProblem problem = new PassingProblem();
    /// Why the phase in force could not be read the last time.
    private String notRead = "";

    /// @param experimenting returns whether an experiment runs, which changes settings itself
    /// @param compare opens a comparison of two lists of settings, `KEY=VALUE`
    PhasesModel(PhaseSwitch phases, BooleanSupplier experimenting, TaskRunner tasks, Executor fx,
            BiConsumer<List<String>, List<String>> compare) {
        this.phases = phases;
        this.experimenting = experimenting;
        this.tasks = tasks;
        this.compare = compare;
        FxCoalescer changed = new FxCoalescer(fx, this::refresh);
        phases.tunables().onChange(_ -> changed.request());
    }

    /// Reads the phase in force; during an experiment it stays as it was before.
    void refresh() {
        tick();
        if (!busy.get()) {
            tasks.call("read phases", phases::inForce).onSuccess(found -> {
                problem.withdraw(notRead);
                inForce.set(found);
            }).onFailure(failure -> {
                notRead = ExperimentModel.sentence(failure);
                problem.set(notRead);
            }).start();
        }
    }

    /// Reads whether an experiment runs.
    void tick() {
        boolean was = busy.get();
        busy.set(experimenting.getAsBoolean());
        if (was && !busy.get()) {
            refresh();
        }
    }

    /// Returns whether a phase is in force, or one after it.
    boolean includes(Phase phase) {
        PhaseSwitch.InForce now = inForce.get();
        return now != null && now.phase().compareTo(phase) >= 0;
    }

    /// Puts a phase in force.
    void apply(Phase phase) {
        change("apply", () -> phases.apply(phase));
    }

    /// Puts the phase before a phase in force.
    void rollBack(Phase phase) {
        change("roll back", () -> phases.rollBack(phase));
    }

    private void change(String verb, Callable<Optional<Tunables.Change>> action) {
        problem.set("");
        tasks.call(verb + " phase", action).onSuccess(change -> {
            last.set(change.orElse(null));
            refresh();
        }).onFailure(failure -> problem.set(ExperimentModel.sentence(failure))).start();
    }

    private static String sentence(String cause) {
        return cause.substring(0, 1).toUpperCase(Locale.ROOT) + cause.substring(1);
    }

    /// Returns the phase in force, in words.
    static String text(PhaseSwitch.InForce now) {
        String phase = sentence(now.phase().title());
        return now.whole()
                ? phase + " is in force."
                : String.format(Locale.ROOT, "Nearest to %s: %s another value.", now.phase().title(),
                        now.others().size() == 1 ? "1 setting has" : now.others().size() + " settings have");
    }

    /// Returns the last change, in words.
    static String text(Tunables.Change change) {
        return sentence(change.cause()) + ": " + Numbers.count(change.keys().size(), "setting") + " changed.";
    }

    /// Opens a comparison of the settings before and after the last change.
    void compare() {
        Tunables.Change change = last.get();
        if (change != null) {
            compare.accept(settings(change, ConfigChange::before), settings(change, ConfigChange::after));
        }
    }

    private static List<String> settings(Tunables.Change change, Function<ConfigChange, String> value) {
        return change.keys().stream().map(key -> key.path() + "=" + value.apply(key)).toList();
    }

    /// Returns the phase in force; null until it was read.
    ReadOnlyObjectProperty<PhaseSwitch.@Nullable InForce> inForceProperty() {
        return inForce.getReadOnlyProperty();
    }

    /// Returns the last change from here; null before the first.
    ReadOnlyObjectProperty<Tunables.@Nullable Change> lastProperty() {
        return last.getReadOnlyProperty();
    }

    /// Returns whether an experiment runs, so that phases cannot be changed.
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /// Returns the problem of the last action; empty when there was none.
    ReadOnlyStringProperty problemProperty() {
        return problem.property();
    }
}
