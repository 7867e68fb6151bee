package dev.memfuse.console.lab.advice;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.Pane;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.experiment.ExperimentNodes;
import dev.memfuse.console.lab.experiment.FieldProblem;

/// The form of advice. Its fields are disabled while a load or a trial runs.
public final class AdviceFormController {
    @FXML
    private Pane columns;
    @FXML
    private ComboBox<String> load;
    @FXML
    private Button file;
    @FXML
    private Label loadProblem;
    @FXML
    private TextField seconds;
    @FXML
    private Label secondsProblem;
    @FXML
    private Label plan;
    @FXML
    private Label hint;
    @FXML
    private Button run;

    private final AdviceViewModel model;

    AdviceFormController(AdviceViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        model.form().load().bind(load, file);
        seconds.textProperty().bindBidirectional(model.form().secondsProperty());
        columns.disableProperty().bind(model.busyProperty());
        ExperimentNodes.runButton(model.experiment(), run, hint);
        run.disableProperty().unbind();
        run.disableProperty().bind(model.experiment().readyProperty().not().or(model.busyProperty()));
        model.form().checkedProperty().subscribe(this::show);
    }

    private void show(AdviceCheck check) {
        FieldProblem.show(loadProblem, "Load", check.problemLoad(), load);
        FieldProblem.show(secondsProblem, "Length", check.problemSeconds(), seconds);
        run.setText(check.plan().map(found -> "Run, about " + Formats.estimate(AdviceProgress.planned(found)))
                .orElse("Run"));
        plan.setText("The load runs under the settings in force, with users of its own that are removed at the end. "
                + "The rules then judge what was measured.");
    }

    @FXML
    void onRun() {
        model.run();
    }
}
