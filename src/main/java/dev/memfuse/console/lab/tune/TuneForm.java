package dev.memfuse.console.lab.tune;

import java.util.List;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.console.lab.experiment.ScenarioChoice;

/// Input of the form of a tuning. FX thread only.
final class TuneForm {
    private final StringProperty goal = new SimpleStringProperty(
            "minimise query.p50 subject to recall >= 0.95 of start");
    private final StringProperty minutes = new SimpleStringProperty("10");
    private final ScenarioChoice load = new ScenarioChoice();
    private final StringProperty rate = new SimpleStringProperty("");
    private final StringProperty kept = new SimpleStringProperty("layers");
    private final ReadOnlyObjectWrapper<TuneCheck> checked = new ReadOnlyObjectWrapper<>(TuneCheck.NONE);

    /// Calls an action when an input changes.
    void onChange(Runnable action) {
        List.of(goal, minutes, load.chosenProperty(), rate, kept)
                .forEach(text -> text.subscribe((_, _) -> action.run()));
    }

    /// Returns the input now.
    TuneCheck.Draft draft() {
        return new TuneCheck.Draft(goal.get(), minutes.get(), load.source(), rate.get(), kept.get());
    }

    /// Shows what a check of the input found.
    void show(TuneCheck check) {
        checked.set(check);
    }

    /// Returns the goal as typed.
    StringProperty goalProperty() {
        return goal;
    }

    /// Returns the budget in minutes, as typed.
    StringProperty minutesProperty() {
        return minutes;
    }

    /// Returns the choice of the load.
    ScenarioChoice load() {
        return load;
    }

    /// Returns the operations per second as typed; empty for a rate that is found.
    StringProperty rateProperty() {
        return rate;
    }

    /// Returns the settings and sections that stay as they are, as typed.
    StringProperty keptProperty() {
        return kept;
    }

    /// Returns the result of the last check of the input.
    ReadOnlyObjectProperty<TuneCheck> checkedProperty() {
        return checked.getReadOnlyProperty();
    }
}
