package dev.memfuse.console.lab.sweep;

import java.util.List;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
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
import dev.memfuse.console.lab.experiment.Segments;
import dev.memfuse.lab.sweep.SweepParameters;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepValues;

/// The form of a sweep. Its fields are disabled while one is running.
public final class SweepFormController {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

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
        form.parameterProperty().subscribe(name -> {
            boolean ofLoad = name.equals(SweepPlan.CONCURRENCY) || name.equals(SweepPlan.RATE);
            about.setText(ofLoad
                    ? name.equals(SweepPlan.RATE) ? "Calls per second of the load" : "Callers of a closed load"
                    : ConfigSchema.require(name).description());
            arrival.setDisable(ofLoad);
            level.setDisable(ofLoad);
        });
        form.checkedProperty().subscribe(this::show);
        columns.disableProperty().bind(model.experiment().runningProperty());
        ExperimentNodes.runButton(model.experiment(), run, hint);
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
        problem(valuesProblem, check.problemValues(), values);
        problem(loadProblem, check.problemLoad(), level, seconds);
        problem(roundsProblem, check.problemRounds(), rounds);
        plan.setText(check.plan().map(found -> "Values: " + String.join(", ", found.values().stream()
                .map(SweepValues::text).toList())
                + ". Settings change meanwhile and are put back at the end.").orElse(""));
        Visibility.set(plan, check.plan().isPresent());
    }

    private static void problem(Label label, String sentence, Node... fields) {
        label.setText(sentence);
        Visibility.set(label, !sentence.isEmpty());
        for (Node field : fields) {
            field.pseudoClassStateChanged(WRONG, !sentence.isEmpty());
            field.setAccessibleHelp(sentence);
        }
    }

    @FXML
    void onRun() {
        model.run();
    }
}
