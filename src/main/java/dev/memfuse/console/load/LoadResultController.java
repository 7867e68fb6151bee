package dev.memfuse.console.load;

import java.io.File;
import java.util.List;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.fx.WarningLines;
import dev.memfuse.load.Verdict;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The result of the selected run, and the table of runs since start.
public final class LoadResultController {
    private static final int RUNS_SHOWN = 6;
    private static final int SETTINGS_SHOWN = 8;
    private static final PseudoClass GOOD = PseudoClass.getPseudoClass("good");
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    @FXML
    private StatePane states;
    @FXML
    private Label title;
    @FXML
    private TableView<ResultTable.Row> operations;
    @FXML
    private GridPane stages;
    @FXML
    private GridPane details;
    @FXML
    private Label verdict;
    @FXML
    private FontIcon verdictIcon;
    @FXML
    private VBox reasons;
    @FXML
    private VBox changesGroup;
    @FXML
    private VBox changes;
    @FXML
    private TableView<ResultTable.NameValue> settings;
    @FXML
    private VBox warnings;
    @FXML
    private VBox runsCard;
    @FXML
    private TableView<RunRow> runs;

    private final LoadViewModel model;

    LoadResultController(LoadViewModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        operationColumns();
        runColumns();
        settingColumns();
        model.resultProperty().subscribe(this::show);
        runs.setItems(model.runs());
        runs.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (row != null) {
                model.selectedProperty().set(row);
            }
        });
        model.selectedProperty().subscribe(row -> {
            if (row == null) {
                runs.getSelectionModel().clearSelection();
            } else {
                runs.getSelectionModel().select(row);
                title.setText("Result of run " + row.number() + ": " + row.load());
            }
        });
        model.selectedProperty().subscribe(_ -> showState());
        model.runs().subscribe(() -> Columns.fitHeight(runs, Math.min(RUNS_SHOWN, model.runs().size())));
        Columns.fitHeight(runs, Math.min(RUNS_SHOWN, model.runs().size()));
        Visibility.bind(runsCard, Bindings.isNotEmpty(model.runs()));
    }

    private void showState() {
        states.stateProperty().set(state(model.resultProperty().get(), model.selectedProperty().get()));
    }

    private static PageState state(@Nullable ResultTable result, @Nullable RunRow row) {
        if (result != null) {
            return PageState.READY;
        }
        if (row == null) {
            return new PageState.Empty(Icons.LOAD, "No result yet",
                    "Start a load to see throughput, latency percentiles and where the time goes.");
        }
        return row.status() == RunRow.Status.RUNNING
                ? new PageState.Empty(Icons.LOAD, "Run " + row.number() + " is running",
                        "Its result appears here when it ends.")
                : new PageState.Empty(Icons.LOAD, "Run " + row.number() + " has no result",
                        "It failed. The sentence below the buttons and the log say why.");
    }

    private void operationColumns() {
        List<TableColumn<ResultTable.Row, String>> columns = List.of(
                Columns.text("Operation", ResultTable.Row::operation), Columns.number("Count", ResultTable.Row::count),
                Columns.number("Errors", ResultTable.Row::errors), Columns.number("ops/s", ResultTable.Row::throughput),
                Columns.number("p50 ms", ResultTable.Row::p50), Columns.number("p90 ms", ResultTable.Row::p90),
                Columns.number("p99 ms", ResultTable.Row::p99), Columns.number("p99.9 ms", ResultTable.Row::p999),
                Columns.number("max ms", ResultTable.Row::max));
        operations.getColumns().setAll(columns);
        operations.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    }

    private void runColumns() {
        List<TableColumn<RunRow, String>> columns = List.of(Columns.text("Run", RunRow::number),
                Columns.text("Time", RunRow::time),
                Columns.text("Load", RunRow::load), Columns.text("Status", row -> row.status().label()),
                Columns.number("ops/s", RunRow::throughput),
                Columns.number("add p99", RunRow::addP99), Columns.number("query p99", RunRow::queryP99),
                Columns.number("Errors", RunRow::errors));
        columns.get(0).setPrefWidth(48);
        columns.get(2).setPrefWidth(200);
        runs.getColumns().setAll(columns);
        runs.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
    }

    private void show(@Nullable ResultTable result) {
        if (result != null) {
            operations.getItems().setAll(result.rows());
            Columns.fitHeight(operations, result.rows().size());
            showStages(result.stages());
            NameValueGrid grid = new NameValueGrid(details);
            result.details().forEach(detail -> grid.add(detail.name(), detail.value()));
            showVerdict(result);
            changes.getChildren().setAll(result.changes().stream().map(LoadResultController::sentence).toList());
            Visibility.set(changesGroup, !result.changes().isEmpty());
            settings.getItems().setAll(result.settings());
            Columns.fitHeight(settings, Math.clamp(result.settings().size(), 1, SETTINGS_SHOWN));
            WarningLines.show(warnings, result.warnings());
        }
        showState();
    }

    private void showVerdict(ResultTable result) {
        boolean good = result.outcome() == Verdict.Outcome.GOOD;
        verdict.setText(result.verdict());
        verdict.pseudoClassStateChanged(GOOD, good);
        verdict.pseudoClassStateChanged(BAD, result.outcome() == Verdict.Outcome.FAILED);
        verdictIcon.setIconLiteral(switch (result.outcome()) {
            case GOOD -> Icons.OK;
            case FAILED -> Icons.ERROR;
            case VOID, STOPPED -> Icons.WARNING;
        });
        reasons.getChildren().setAll(result.reasons().stream().map(LoadResultController::sentence).toList());
    }

    private static Label sentence(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        return label;
    }

    private void settingColumns() {
        TableColumn<ResultTable.NameValue, String> name = Columns.text("Setting", ResultTable.NameValue::name);
        TableColumn<ResultTable.NameValue, String> value = Columns.text("Value", ResultTable.NameValue::value);
        settings.getColumns().setAll(List.of(name, value));
        settings.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        Columns.fitHeight(settings, 1);
    }

    private void showStages(List<ResultTable.StageTime> times) {
        stages.getChildren().clear();
        for (int row = 0; row < times.size(); row++) {
            ResultTable.StageTime stage = times.get(row);
            ProgressBar bar = styled(new ProgressBar(stage.share()), "share-bar");
            bar.setMaxWidth(Double.MAX_VALUE);
            bar.setAccessibleText(stage.name() + ", share of the time");
            stages.addRow(row, styled(new Label(stage.name()), "detail-name"), bar,
                    styled(new Label(stage.millis() + " ms"), "number"));
        }
    }

    private static <N extends Node> N styled(N node, String styleClass) {
        node.getStyleClass().add(styleClass);
        return node;
    }

    @FXML
    void onExport() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle("Folder for the report");
        File folder = chooser.showDialog(title.getScene().getWindow());
        if (folder != null) {
            model.export(folder.toPath());
        }
    }
}
