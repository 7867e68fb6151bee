package dev.memfuse.console.alerts;

import java.util.List;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;

import dev.memfuse.console.alerts.RulesViewModel.Editing;
import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Meaning;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.metrics.alert.AlertMetric;
import dev.memfuse.metrics.alert.MetricRule;
import dev.memfuse.metrics.alert.MetricRule.Side;

/// The rules on the Alerts page.
public final class RulesController extends RowEditingController {
    private static final int SHOWN = 8;

    @FXML
    private TableView<RuleRow> rules;
    @FXML
    private Button editRule;
    @FXML
    private Button toggleRule;
    @FXML
    private Button removeRule;
    @FXML
    private Node ruleForm;
    @FXML
    private ComboBox<AlertMetric> ruleMetric;
    @FXML
    private ComboBox<Side> ruleSide;
    @FXML
    private TextField ruleLimit;
    @FXML
    private Label ruleUnit;
    @FXML
    private TextField ruleLasting;
    @FXML
    private TextField ruleQuiet;
    @FXML
    private Label ruleProblem;

    private final RulesViewModel model;

    RulesController(RulesViewModel model) {
        super(model);
        this.model = model;
    }

    @FXML
    void initialize() {
        rules.getColumns().setAll(List.of(Columns.width(Columns.text("", row -> row.enabled() ? "on" : "off"), 48, 56),
                Columns.width(Columns.text("Metric", row -> row.metric().title()), 150, 3_000),
                Columns.width(Columns.text("Raised when", RuleRow::condition), 120, 220),
                Columns.width(Columns.number("For", row -> row.timing().lasting() + " s"), 64, 90),
                Columns.width(Columns.number("Quiet", row -> row.timing().quiet() + " s"), 64, 90)));
        Meaning.explain(rules, List.of("Whether the rule is in force.", "The figure of a second that is compared. The "
                + "form of a rule has its names in other tools.", "",
                "The limit is broken for this time. In the rules "
                        + "of Prometheus: for.",
                "The limit is kept for this time before the alert ends. In the rules of Prometheus: "
                        + "keep_firing_for."));
        Tables.bind(rules, model.rows(), model.selectedProperty(), model::select, model::edit, SHOWN);
        editRule.disableProperty().bind(model.selectedProperty().isNull());
        toggleRule.disableProperty().bind(model.selectedProperty().isNull());
        model.selectedProperty().subscribe(row -> {
            toggleRule.setText(row == null || row.enabled() ? "Switch off" : "Switch on");
            removeRule.setDisable(row == null || !(row.source() instanceof MetricRule));
        });
        showForm();
    }

    private void showForm() {
        MetricBox.fill(ruleMetric);
        ruleMetric.valueProperty().bindBidirectional(model.metricProperty());
        ruleSide.getItems().setAll(Side.values());
        ruleSide.setConverter(Choices.of(Side::label));
        ruleSide.valueProperty().bindBidirectional(model.sideProperty());
        ruleLimit.textProperty().bindBidirectional(model.limitProperty());
        ruleUnit.textProperty().bind(model.metricProperty().map(metric -> metric.unit().label()));
        ruleLasting.textProperty().bindBidirectional(model.lastingProperty());
        ruleQuiet.textProperty().bindBidirectional(model.quietProperty());
        ruleProblem.textProperty().bind(model.problemProperty());
        Visibility.bind(ruleForm, model.editingProperty().map(now -> now != Editing.NOTHING));
        ruleMetric.disableProperty().bind(model.editingProperty().map(now -> now == Editing.OWN));
        ruleSide.disableProperty().bind(ruleMetric.disableProperty());
        model.editingProperty().subscribe((_, now) -> {
            if (now == Editing.NOTHING) {
                rules.requestFocus();
            } else {
                (now == Editing.OWN ? ruleLimit : ruleMetric).requestFocus();
            }
        });
    }

    @FXML
    void onToggle() {
        model.toggle();
    }
}
