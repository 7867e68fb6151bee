package dev.memfuse.console.load;

import java.io.File;
import java.util.List;
import java.util.function.Function;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.fxml.FXML;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;

import dev.memfuse.console.fx.Icons;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The result of the selected run, and the runs of this sitting.
public final class LoadResultController {
    private static final double ROW = 32;
    /// For the longer heads.
    private static final double WIDE = 86;
    /// Room for the title of a percentile with its unit.
    private static final double TITLED = 74;
    private static final double NARROW = 64;
    private static final double HEAD = 40;
    private static final int RUNS_SHOWN = 6;

    @FXML
    private VBox empty;
    @FXML
    private Label emptyTitle;
    @FXML
    private Label emptyHint;
    @FXML
    private VBox content;
    @FXML
    private Label title;
    @FXML
    private TableView<ResultTable.Row> operations;
    @FXML
    private GridPane stages;
    @FXML
    private GridPane facts;
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
        model.selectedProperty().subscribe(this::explainEmptiness);
        model.runs().subscribe(() -> fit(runs, Math.min(RUNS_SHOWN, model.runs().size())));
        fit(runs, Math.min(RUNS_SHOWN, model.runs().size()));
        runsCard.visibleProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(model.runs()));
        runsCard.managedProperty().bind(runsCard.visibleProperty());
    }

    private void explainEmptiness(@Nullable RunRow row) {
        if (row == null) {
            emptyTitle.setText("No result yet");
            emptyHint.setText("Start a load to see throughput, latency percentiles and where the time goes.");
        } else if (row.state() == RunRow.State.RUNNING) {
            emptyTitle.setText("Run " + row.number() + " is running");
            emptyHint.setText("Its result appears here when it ends.");
        } else {
            emptyTitle.setText("Run " + row.number() + " has no result");
            emptyHint.setText("It failed before anything was measured.");
        }
    }

    private void operationColumns() {
        List<TableColumn<ResultTable.Row, String>> columns = List.of(
                text("Operation", ResultTable.Row::operation), number("Count", ResultTable.Row::count),
                number("Errors", ResultTable.Row::errors), number("ops/s", ResultTable.Row::throughput),
                number("p50 ms", ResultTable.Row::p50), number("p90 ms", ResultTable.Row::p90),
                number("p99 ms", ResultTable.Row::p99), number("p99.9 ms", ResultTable.Row::p999),
                number("max ms", ResultTable.Row::max));
        columns.forEach(column -> column.setMinWidth(NARROW));
        columns.subList(4, 9).forEach(column -> column.setMinWidth(TITLED));
        columns.getFirst().setMinWidth(WIDE);
        columns.get(7).setMinWidth(WIDE);
        operations.getColumns().setAll(columns);
        operations.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    }

    private void runColumns() {
        List<TableColumn<RunRow, String>> columns = List.of(text("Run", RunRow::number), text("Time", RunRow::time),
                text("Load", RunRow::load), text("State", row -> row.state().label()),
                number("ops/s", RunRow::throughput),
                number("add p99", RunRow::addP99), number("query p99", RunRow::queryP99),
                number("Errors", RunRow::errors));
        columns.get(0).setPrefWidth(48);
        columns.get(2).setPrefWidth(200);
        columns.get(6).setMinWidth(WIDE);
        runs.getColumns().setAll(columns);
        runs.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
    }

    private static <T> TableColumn<T, String> text(String title, Function<T, String> value) {
        TableColumn<T, String> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    private static <T> TableColumn<T, String> number(String title, Function<T, String> value) {
        TableColumn<T, String> column = text(title, value);
        column.getStyleClass().add("number-column");
        return column;
    }

    private void show(@Nullable ResultTable result) {
        empty.setVisible(result == null);
        empty.setManaged(result == null);
        content.setVisible(result != null);
        content.setManaged(result != null);
        if (result != null) {
            operations.getItems().setAll(result.rows());
            fit(operations, result.rows().size());
            showStages(result.stages());
            facts.getChildren().clear();
            for (int row = 0; row < result.facts().size(); row++) {
                ResultTable.Fact fact = result.facts().get(row);
                Label name = styled(new Label(fact.name()), "fact-name");
                GridPane.setValignment(name, VPos.TOP);
                facts.addRow(row, name, value(fact.value()));
            }
            warnings.getChildren().setAll(result.warnings().stream().map(LoadResultController::warning).toList());
        }
    }

    private void showStages(List<ResultTable.StageTime> times) {
        stages.getChildren().clear();
        for (int row = 0; row < times.size(); row++) {
            ResultTable.StageTime stage = times.get(row);
            ProgressBar bar = styled(new ProgressBar(stage.share()), "share-bar");
            bar.setMaxWidth(Double.MAX_VALUE);
            bar.setAccessibleText(stage.name() + ", share of the time");
            stages.addRow(row, styled(new Label(stage.name()), "fact-name"), bar,
                    styled(new Label(stage.millis() + " ms"), "number"));
        }
    }

    /// Wraps, so that a long value does not push the group below its neighbour.
    private static Label value(String text) {
        Label label = styled(new Label(text), "fact-value");
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private static Node warning(String sentence) {
        Label label = styled(new Label(sentence, new FontIcon(Icons.WARNING)), "warning-line");
        label.setWrapText(true);
        return label;
    }

    private static <N extends Node> N styled(N node, String styleClass) {
        node.getStyleClass().add(styleClass);
        return node;
    }

    /// A table as high as its rows: it never scrolls on its own inside the scrolling page.
    private static void fit(TableView<?> table, int rows) {
        table.setFixedCellSize(ROW);
        double height = HEAD + ROW * rows + 2;
        table.setMinHeight(height);
        table.setPrefHeight(height);
        table.setMaxHeight(height);
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
