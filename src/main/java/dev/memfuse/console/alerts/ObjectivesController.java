package dev.memfuse.console.alerts;

import java.util.List;
import java.util.Locale;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Meaning;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.metrics.alert.AlertMetric;
import dev.memfuse.metrics.alert.SloStatus;

/// The objectives on the Alerts page.
public final class ObjectivesController extends RowEditingController {
    private static final int SHOWN = 6;

    @FXML
    private TableView<SloStatus> objectives;
    @FXML
    private Button editObjective;
    @FXML
    private Button removeObjective;
    @FXML
    private Node objectiveForm;
    @FXML
    private ComboBox<AlertMetric> objectiveMetric;
    @FXML
    private TextField objectiveLimit;
    @FXML
    private Label objectiveUnit;
    @FXML
    private TextField objectiveTarget;
    @FXML
    private Label objectiveProblem;

    private final ObjectivesViewModel model;

    ObjectivesController(ObjectivesViewModel model) {
        super(model);
        this.model = model;
    }

    @FXML
    void initialize() {
        objectives.getColumns().setAll(List.of(
                Columns.width(Columns.text("Objective", row -> row.objective().describe()), 220, 3_000),
                Columns.width(Columns.number("Good", row -> value(row, Formats.percent(row.good()))), 72, 96),
                Columns.width(Columns.number("Budget left", row -> value(row, Formats.percent(row.budgetLeft()))), 96,
                        110),
                Columns.width(Columns.number("Burn 5 min", row -> value(row, burn(row.burnFiveMinutes()))), 96, 110),
                Columns.width(Columns.number("Burn 1 h", row -> value(row, burn(row.burnHour()))), 84, 100)));
        Meaning.explain(objectives, List.of("", "Share of the seconds since the start that kept the limit: the service "
                + "level indicator (SLI).", "Share of the error budget that is left.",
                "Burn rate of the error budget over the last 5 minutes; 1 uses it up exactly.",
                "Burn rate of the error budget over the last hour; 1 uses it up exactly."));
        Columns.placeholder(objectives, "No objective. Add one to see how fast its budget is used up.");
        Tables.bind(objectives, model.rows(), model.selectedProperty(), model::select, model::edit, SHOWN);
        editObjective.disableProperty().bind(model.selectedProperty().isNull());
        removeObjective.disableProperty().bind(model.selectedProperty().isNull());
        MetricBox.fill(objectiveMetric);
        objectiveMetric.valueProperty().bindBidirectional(model.metricProperty());
        objectiveLimit.textProperty().bindBidirectional(model.limitProperty());
        objectiveUnit.textProperty().bind(model.metricProperty().map(metric -> metric.unit().label()));
        objectiveTarget.textProperty().bindBidirectional(model.targetProperty());
        objectiveProblem.textProperty().bind(model.problemProperty());
        Visibility.bind(objectiveForm, model.editingProperty());
        model.editingProperty().subscribe((_, now) -> (now ? objectiveMetric : objectives).requestFocus());
    }

    private static String value(SloStatus row, String text) {
        return row.seconds() == 0 ? Formats.NONE : text;
    }

    private static String burn(double rate) {
        return String.format(Locale.ROOT, "%.1f×", rate);
    }
}
