package dev.memfuse.console.lab.advice;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import org.jspecify.annotations.Nullable;

/// The running trial of an advice: what is tried, progress, and the interval so far.
public final class TrialController {
    @FXML
    private VBox card;
    @FXML
    private Label tried;
    @FXML
    private Label notFinal;
    @FXML
    private Label interim;
    @FXML
    private StatePane trialStates;
    @FXML
    private Label trialProblem;

    private final AdviceViewModel model;

    TrialController(AdviceViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        Visibility.bind(card, model.trials().runningProperty());
        trialStates.stateProperty().bind(model.trials().stateProperty());
        Visibility.bind(trialStates, model.trials().stateProperty().map(PageState.Failed.class::isInstance));
        trialProblem.textProperty().bind(model.trials().problemProperty());
        Visibility.whileFilled(trialProblem);
        model.trials().progressProperty().subscribe(this::show);
    }

    private void show(@Nullable TrialProgress now) {
        if (now != null) {
            tried.setText("Trying " + now.advice());
            interim.setText(now.interim().isEmpty() ? "The first interval appears after some pairs." : now.interim());
            Visibility.set(notFinal, !now.interim().isEmpty());
        }
    }
}
