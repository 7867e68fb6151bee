package dev.memfuse.console.lab.sweep;

import java.util.List;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;

import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.lab.experiment.ExperimentNodes;
import dev.memfuse.console.lab.experiment.FieldProblem;
import dev.memfuse.console.lab.experiment.Segments;
import dev.memfuse.lab.sweep.SweepParameters;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepValues;

/// The form of a sweep. Its fields are disabled while one is running.
public final class SweepFormController {
    @FXML
    private Pane columns;
    @FXML
    private ComboBox<String> parameter;
    @FXML
    private Label about;
    @FXML
    private TextField values;
    @FXML
    private Label valuesProblem;
    @FXML
    private ComboBox<String> second;
    @FXML
    private TextField secondValues;
    @FXML
    private Label secondProblem;
    @FXML
    private HBox arrival;
    @FXML
    private TextField level;
    @FXML
    private Label levelUnit;
    @FXML
    private TextField seconds;
    @FXML
    private Label loadProblem;
    @FXML
    private Label secondsProblem;
    @FXML
    private TextField rounds;
    @FXML
    private Label roundsProblem;
    @FXML
    private Label plan;
    @FXML
    private Label hint;
    @FXML
    private Button run;

    private final SweepViewModel model;
    private final SweepForm form;

    SweepFormController(SweepViewModel model) {
        this.model = model;
        this.form = model.form();
    }

    @FXML
    void initialize() {
        parameter.getItems().setAll(SweepParameters.all());
        parameter.valueProperty().bindBidirectional(form.parameterProperty());
        values.textProperty().bindBidirectional(form.valuesProperty());
        level.textProperty().bindBidirectional(form.levelProperty());
        seconds.textProperty().bindBidirectional(form.secondsProperty());
        rounds.textProperty().bindBidirectional(form.roundsProperty());
        showArrival();
        second.getItems().setAll(SweepForm.NONE);
        second.getItems().addAll(SweepParameters.all());
        second.valueProperty().bindBidirectional(form.secondProperty());
        secondValues.textProperty().bindBidirectional(form.secondValuesProperty());
        form.parameterProperty().subscribe(_ -> showParameters());
        form.secondProperty().subscribe(_ -> showParameters());
        form.checkedProperty().subscribe(this::show);
        columns.disableProperty().bind(model.experiment().runningProperty());
        ExperimentNodes.runButton(model.experiment(), run, hint);
    }

    private void showParameters() {
        String name = form.parameterProperty().get();
        String other = form.secondProperty().get();
        about.setText(ofLoad(name)
                ? name.equals(SweepPlan.RATE) ? "Calls per second of the load" : "Callers of a closed load"
                : ConfigSchema.require(name).description());
        boolean load = ofLoad(name) || ofLoad(other);
        arrival.setDisable(load);
        level.setDisable(load);
        Visibility.set(secondValues, !other.equals(SweepForm.NONE));
    }

    private static boolean ofLoad(String name) {
        return name.equals(SweepPlan.CONCURRENCY) || name.equals(SweepPlan.RATE);
    }

    private void showArrival() {
        ToggleGroup group = new ToggleGroup();
        ToggleButton closed = Segments.button("Closed", "Closed load: callers wait for each answer", group,
                () -> form.closedProperty().set(true));
        ToggleButton open = Segments.button("Open", "Open load: calls arrive at a rate", group,
                () -> form.closedProperty().set(false));
        closed.setId("closed");
        open.setId("open");
        Segments.fill(arrival, List.of(closed, open));
        (form.closedProperty().get() ? closed : open).setSelected(true);
        form.closedProperty().subscribe(now -> {
            levelUnit.setText(now ? "callers" : "ops/s");
            level.setAccessibleText(now ? "Callers of the closed load" : "Calls per second of the open load");
        });
    }

    private void show(SweepCheck check) {
        run.setText(SweepViewModel.runText(check));
        FieldProblem.show(valuesProblem, "Parameter", check.problemValues(), parameter, values);
        FieldProblem.show(loadProblem, "Load", check.problemLoad(), level);
        FieldProblem.show(secondsProblem, "Length", check.problemSeconds(), seconds);
        FieldProblem.show(roundsProblem, "Rounds", check.problemRounds(), rounds);
        FieldProblem.show(secondProblem, "Second parameter", check.problemSecond(), second, secondValues);
        plan.setText(check.plan().map(found -> "Values: " + list(found.values())
                + (found.second() == null
                        ? ""
                        : ", each with " + found.second().parameter() + " " + list(found.second().values()))
                + ". Settings change meanwhile and are put back at the end."
                + found.restartNote().map(note -> " " + note).orElse("")).orElse(""));
        Visibility.set(plan, check.plan().isPresent());
    }

    private static String list(List<Double> values) {
        return String.join(", ", values.stream().map(SweepValues::text).toList());
    }

    @FXML
    void onRun() {
        model.run();
    }
}
