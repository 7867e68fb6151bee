package dev.memfuse.console.lab.tune;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.lab.experiment.ExperimentNodes;
import dev.memfuse.console.lab.experiment.FieldProblem;

/// The form of a tuning. Its fields are disabled while one is running.
public final class TuneFormController {
    @FXML
    private VBox fields;
    @FXML
    private TextField goal;
    @FXML
    private Label goalProblem;
    @FXML
    private TextField minutes;
    @FXML
    private Label budgetProblem;
    @FXML
    private ComboBox<String> tuneLoad;
    @FXML
    private Button tuneFile;
    @FXML
    private TextField rate;
    @FXML
    private Label tuneLoadProblem;
    @FXML
    private Label rateProblem;
    @FXML
    private TextField kept;
    @FXML
    private Label keptProblem;
    @FXML
    private Label tuneHint;
    @FXML
    private Button tuneRun;

    private final TuneViewModel model;

    TuneFormController(TuneViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        TuneForm form = model.form();
        goal.textProperty().bindBidirectional(form.goalProperty());
        minutes.textProperty().bindBidirectional(form.minutesProperty());
        form.load().bind(tuneLoad, tuneFile);
        rate.textProperty().bindBidirectional(form.rateProperty());
        kept.textProperty().bindBidirectional(form.keptProperty());
        fields.disableProperty().bind(model.experiment().runningProperty());
        ExperimentNodes.runButton(model.experiment(), tuneRun, tuneHint);
        form.checkedProperty().subscribe(this::show);
    }

    private void show(TuneCheck check) {
        FieldProblem.show(goalProblem, "Goal", check.problemGoal(), goal);
        FieldProblem.show(budgetProblem, "Budget", check.problemBudget(), minutes);
        FieldProblem.show(tuneLoadProblem, "Load", check.problemLoad(), tuneLoad);
        FieldProblem.show(rateProblem, "Rate", check.problemRate(), rate);
        FieldProblem.show(keptProblem, "Stays as it is", check.problemKept(), kept);
        tuneRun.setText(check.plan().map(plan -> "Run, about " + Formats.estimate(plan.budget())).orElse("Run"));
    }

    @FXML
    void onRun() {
        model.run();
    }
}
