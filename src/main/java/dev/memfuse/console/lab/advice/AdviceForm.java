package dev.memfuse.console.lab.advice;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.console.lab.experiment.ScenarioChoice;

/// Input of the form of advice: the load that it is derived from. FX thread only.
final class AdviceForm {
    private final ScenarioChoice load = new ScenarioChoice();
    private final StringProperty seconds = new SimpleStringProperty("20");
    private final ReadOnlyObjectWrapper<AdviceCheck> checked = new ReadOnlyObjectWrapper<>(AdviceCheck.NONE);

    /// Calls an action when an input changes.
    void onChange(Runnable action) {
        load.chosenProperty().subscribe((_, _) -> action.run());
        seconds.subscribe((_, _) -> action.run());
    }

    /// Returns the input now.
    AdviceCheck.Draft draft() {
        return new AdviceCheck.Draft(load.source(), seconds.get());
    }

    /// Shows what a check of the input found.
    void show(AdviceCheck check) {
        checked.set(check);
    }

    /// Returns the choice of the load.
    ScenarioChoice load() {
        return load;
    }

    /// Returns the measured part of the load in seconds, as typed.
    StringProperty secondsProperty() {
        return seconds;
    }

    /// Returns the result of the last check of the input.
    ReadOnlyObjectProperty<AdviceCheck> checkedProperty() {
        return checked.getReadOnlyProperty();
    }
}
