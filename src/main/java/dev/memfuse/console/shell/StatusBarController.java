package dev.memfuse.console.shell;

import java.util.List;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.metrics.alert.Alert;
import org.kordamp.ikonli.javafx.FontIcon;

/// The status bar of the window.
public final class StatusBarController {
    private static final PseudoClass READY = PseudoClass.getPseudoClass("ready");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass RAISED = PseudoClass.getPseudoClass("raised");

    private static final double TOOLTIP_WIDTH = 480;
    /// Width in pixels below which the database is not shown: two letters and an ellipsis say nothing.
    private static final double LEAST = 72;

    @FXML
    private HBox bar;
    @FXML
    private Label engine;
    @FXML
    private Label database;
    @FXML
    private Label throughput;
    @FXML
    private Label p99;
    @FXML
    private Label pool;
    @FXML
    private Button alerts;
    @FXML
    private FontIcon alertsIcon;

    private final StatusViewModel model;

    public StatusBarController(StatusViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        show(engine, model.engineProperty(), "State of the engine: ");
        Tooltip sentence = new Tooltip();
        sentence.setWrapText(true);
        sentence.setMaxWidth(TOOLTIP_WIDTH);
        model.storageProblemProperty().subscribe(problem -> {
            sentence.textProperty().unbind();
            if (problem == null) {
                sentence.textProperty().bind(model.engineProperty());
            } else {
                sentence.setText(problem.problem() + " " + problem.advice());
            }
        });
        engine.setTooltip(sentence);
        show(database, model.databaseProperty(), "Database: ");
        // Database and throughput have no name beside them, so that a dash alone would say nothing.
        database.textProperty().bind(model.databaseProperty().map(text -> text.equals(Formats.NONE) ? "" : text));
        database.opacityProperty().bind(database.widthProperty().map(width -> width.doubleValue() < LEAST ? 0 : 1));
        show(throughput, model.throughputProperty(), "Throughput: ");
        throughput.textProperty().bind(model.throughputProperty()
                .map(text -> text.equals(Formats.NONE) ? Formats.NONE + " ops/s" : text));
        show(p99, model.p99Property(), "99th percentile of add: ");
        show(pool, model.poolProperty(), "Connections in use and limit: ");
        Tooltip full = new Tooltip();
        full.textProperty().bind(model.databaseProperty());
        database.setTooltip(full);
        model.healthProperty().subscribe(health -> {
            bar.pseudoClassStateChanged(READY, health == StatusViewModel.Health.READY);
            bar.pseudoClassStateChanged(FAILED, health == StatusViewModel.Health.FAILED);
        });
        model.alertsProperty().subscribe(this::showAlerts);
    }

    @FXML
    void onAlerts() {
        AlertsPopover.show(alerts, model.allAlerts());
    }

    private void showAlerts(List<Alert> active) {
        int count = active.size();
        alerts.setText(count == 0 ? "No alerts" : count == 1 ? "1 alert" : count + " alerts");
        alerts.setAccessibleText(alerts.getText() + ", show the list");
        // An acknowledged alert is known and needs no attention.
        alerts.pseudoClassStateChanged(RAISED, active.stream().anyMatch(Alert::isNew));
        alertsIcon.setIconLiteral(count > 0 ? Icons.ALERTS_ACTIVE : Icons.ALERTS);
    }

    private static void show(Label label, ReadOnlyStringProperty text, String meaning) {
        label.textProperty().bind(text);
        label.accessibleTextProperty().bind(text.map(meaning::concat));
    }
}
