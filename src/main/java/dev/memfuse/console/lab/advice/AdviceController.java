package dev.memfuse.console.lab.advice;

import java.util.List;

import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.lab.experiment.ExperimentNodes;
import dev.memfuse.console.lab.experiment.Segments;

/// The Advice page: two sections, of which one is shown; advice with form, running load and result, and tuning.
public final class AdviceController {
    @FXML
    private HBox sections;
    @FXML
    private VBox advice;
    @FXML
    private StatePane states;
    @FXML
    private VBox running;
    @FXML
    private VBox trialPlace;
    @FXML
    private VBox result;
    @FXML
    private VBox tunePlace;

    private final AdviceViewModel model;
    private final Node trial;
    private final Node tune;
    private final ToggleGroup group = new ToggleGroup();

    /// @param trial shows the running trial
    /// @param tune the section that tunes
    AdviceController(AdviceViewModel model, Node trial, Node tune) {
        this.model = model;
        this.trial = trial;
        this.tune = tune;
    }

    @FXML
    void initialize() {
        trialPlace.getChildren().setAll(trial);
        Visibility.bind(trialPlace, Bindings.createBooleanBinding(this::trialShown, model.trials().runningProperty(),
                model.trials().stateProperty(), model.trials().problemProperty()));
        tunePlace.getChildren().setAll(tune);
        ExperimentNodes.place(model.experiment(), states, running, result, model.resultProperty());
        states.stateProperty().unbind();
        states.stateProperty().bind(Bindings.createObjectBinding(this::state, model.experiment().stateProperty(),
                model.staleProperty(), model.resultProperty()));
        ToggleButton toAdvice = Segments.button("Advice", "Advice: what should be changed", group,
                () -> choose(false));
        ToggleButton toTune = Segments.button("Tune", "Tune: search for better settings", group, () -> choose(true));
        toAdvice.setId("toAdvice");
        toTune.setId("toTune");
        Segments.fill(sections, List.of(toAdvice, toTune));
        toAdvice.setSelected(true);
    }

    private boolean trialShown() {
        return model.trials().runningProperty().get() || !model.trials().problemProperty().get().isEmpty()
                || model.trials().stateProperty().get() instanceof PageState.Failed;
    }

    private PageState state() {
        PageState now = model.experiment().stateProperty().get();
        String stale = model.staleProperty().get();
        return now instanceof PageState.Ready && !stale.isEmpty() && model.resultProperty().get() != null
                ? new PageState.Stale(stale)
                : now;
    }

    private void choose(boolean tuning) {
        Visibility.set(advice, !tuning);
        Visibility.set(tunePlace, tuning);
    }

    /// Shows a section.
    ///
    /// @param tuning the section that tunes, not advice
    void section(boolean tuning) {
        group.selectToggle(group.getToggles().get(tuning ? 1 : 0));
    }
}
