package dev.memfuse.console.lab.scorecard;

import java.util.List;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;

import dev.memfuse.console.lab.experiment.ExperimentNodes;
import dev.memfuse.console.lab.experiment.Segments;

/// The form of a scorecard: quick or full.
public final class ScorecardFormController {
    @FXML
    private HBox extent;
    @FXML
    private Label plan;
    @FXML
    private Label hint;
    @FXML
    private Button run;

    private final ScorecardViewModel model;

    ScorecardFormController(ScorecardViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        ToggleGroup group = new ToggleGroup();
        ToggleButton quick = Segments.button("Quick", "Quick scorecard", group, () -> model.fullProperty().set(false));
        ToggleButton full = Segments.button("Full", "Full scorecard", group, () -> model.fullProperty().set(true));
        quick.setId("quick");
        full.setId("full");
        Segments.fill(extent, List.of(quick, full));
        quick.setSelected(true);
        extent.disableProperty().bind(model.experiment().runningProperty());
        model.fullProperty().subscribe(_ -> {
            run.setText(model.runText());
            plan.setText(model.planText());
        });
        ExperimentNodes.runButton(model.experiment(), run, hint);
    }

    @FXML
    void onRun() {
        model.run();
    }
}
