package dev.memfuse.console.lab.experiment;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableObjectValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;

import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;

/// Binds the nodes that every page of experiments has. FX thread only.
public final class ExperimentNodes {
    private ExperimentNodes() {}

    /// Shows the running experiment, the result, or the state in place of both.
    ///
    /// @param shown the result that is shown; null for none
    public static void place(ExperimentModel<?, ?, ?> model, StatePane states, Node running, Node result,
            ObservableObjectValue<?> shown) {
        states.stateProperty().bind(model.stateProperty());
        Visibility.bind(running, model.runningProperty());
        Visibility.bind(result, Bindings.isNotNull(shown));
    }

    /// Enables the button that runs an experiment while the engine is ready and none is running.
    ///
    /// @param hint shows the problem of the last action
    public static void runButton(ExperimentModel<?, ?, ?> model, Button run, Label hint) {
        run.disableProperty().bind(model.readyProperty().not().or(model.runningProperty()));
        hint.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(hint);
        // The focus would be lost with the button that was pressed.
        model.runningProperty().subscribe((_, runs) -> {
            if (!runs) {
                run.requestFocus();
            }
        });
    }
}
