package dev.memfuse.console.alerts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.metrics.alert.Alert;
import org.jspecify.annotations.Nullable;

/// The alerts on the Alerts page.
public final class AlertsController {
    private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");
    private static final PseudoClass ENDED = PseudoClass.getPseudoClass("ended");
    private static final int SHOWN = 8;

    @FXML
    private Label summary;
    @FXML
    private Label rulesProblem;
    @FXML
    private TableView<Alert> alertTable;
    @FXML
    private Button acknowledge;
    @FXML
    private Button acknowledgeAll;
    @FXML
    private Button showMoment;

    private final AlertsViewModel model;
    private final Supplier<Instant> now;
    private final String problem;

    /// @param now the clock of the alerts
    /// @param problem why the saved rules are not in force; empty when they are
    AlertsController(AlertsViewModel model, Supplier<Instant> now, String problem) {
        this.model = model;
        this.now = now;
        this.problem = problem;
    }

    @FXML
    void initialize() {
        summary.textProperty().bind(model.summaryProperty());
        rulesProblem.setText(problem);
        Visibility.whileFilled(rulesProblem);
        alertTable.getColumns().setAll(List.of(Columns.width(Columns.text("State", AlertsController::state), 96, 120),
                Columns.width(Columns.text("Since", alert -> Formats.timeOfDay(alert.since())), 84, 96),
                Columns.width(Columns.number("Lasted", this::lasted), 84, 110),
                Columns.width(Columns.text("Alert", Alert::text), 240, 3_000)));
        Columns.placeholder(alertTable, "No alert since the start. The rules below raise them.");
        Tables.bind(alertTable, model.alerts(), model.selectedProperty(), model::select, model::showMoment, SHOWN);
        alertTable.setRowFactory(_ -> new Row());
        model.selectedProperty().subscribe(alert -> acknowledge.setDisable(alert == null || !alert.isNew()));
        showMoment.disableProperty().bind(model.selectedProperty().isNull());
        model.alerts().subscribe(
                () -> acknowledgeAll.setDisable(model.alerts().stream().allMatch(Alert::acknowledged)));
        acknowledgeAll.setDisable(model.alerts().stream().allMatch(Alert::acknowledged));
    }

    private static String state(Alert alert) {
        return !alert.active() ? "ended" : alert.acknowledged() ? "active, seen" : "active";
    }

    private String lasted(Alert alert) {
        Instant end = alert.until() == null ? now.get() : alert.until();
        Duration time = Duration.between(alert.since(), end);
        return Formats.clock(time.isNegative() ? Duration.ZERO : time);
    }

    private static final class Row extends TableRow<Alert> {
        @Override
        protected void updateItem(@Nullable Alert alert, boolean empty) {
            super.updateItem(alert, empty);
            pseudoClassStateChanged(ACTIVE, alert != null && alert.isNew());
            pseudoClassStateChanged(ENDED, alert != null && !alert.active());
        }
    }

    @FXML
    void onAcknowledge() {
        model.acknowledge();
    }

    @FXML
    void onAcknowledgeAll() {
        model.acknowledgeAll();
    }

    @FXML
    void onShowMoment() {
        model.showMoment();
    }
}
