package dev.memfuse.console.database;

import java.util.List;
import java.util.stream.Collectors;

import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import dev.memfuse.console.database.PlansModel.Row;
import dev.memfuse.console.fx.Choices;
import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.TextClipboard;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.plan.StatementPlan;
import dev.memfuse.engine.plan.StatementPlans;
import org.jspecify.annotations.Nullable;

/// Binds the plans of statements to their view model.
public final class PlansController {
    private static final PseudoClass SLOWEST = PseudoClass.getPseudoClass("slowest");
    private static final int FEWEST = 2;
    private static final int MOST_STATEMENTS = 6;
    private static final int MOST_STEPS = 16;
    private static final double WIDE = 320;
    private static final double NARROW = 68;
    private static final double LIMIT = 84;

    @FXML
    private ComboBox<StatementPlans.@Nullable Call> call;
    @FXML
    private TextField user;
    @FXML
    private Button explain;
    @FXML
    private Label effect;
    @FXML
    private ProgressBar progress;
    @FXML
    private Label problem;
    @FXML
    private VBox result;
    @FXML
    private Label summary;
    @FXML
    private TableView<StatementPlan> statements;
    @FXML
    private Label times;
    @FXML
    private TableView<Row> steps;
    @FXML
    private Label details;

    private final PlansModel model;

    PlansController(PlansModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        call.getItems().setAll(model.calls());
        call.setConverter(Choices.of(StatementPlans.Call::title));
        call.valueProperty().bindBidirectional(model.callProperty());
        user.textProperty().bindBidirectional(model.userProperty());
        explain.disableProperty().bind(model.readyProperty().not().or(model.explainingProperty()));
        effect.textProperty().bind(model.effectProperty());
        Visibility.bind(progress, model.explainingProperty());
        problem.textProperty().bind(model.problemProperty());
        Visibility.whileFilled(problem);
        Visibility.bind(result, model.summaryProperty().isNotEmpty());
        summary.textProperty().bind(model.summaryProperty());
        times.textProperty().bind(model.timesProperty());
        Visibility.whileFilled(details);
        statements.setItems(model.statements());
        steps.setItems(model.rows());
        for (TableView<?> table : List.of(statements, steps)) {
            table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        }
        model.statements().subscribe(
                () -> Columns.fitHeight(statements, Math.clamp(model.statements().size(), FEWEST, MOST_STATEMENTS)));
        model.rows().subscribe(() -> Columns.fitHeight(steps, Math.clamp(model.rows().size(), FEWEST, MOST_STEPS)));
        Columns.fitHeight(statements, FEWEST);
        Columns.fitHeight(steps, FEWEST);
        Columns.placeholder(statements, "The call sent no statement.");
        Columns.placeholder(steps, "Choose a statement.");
        showColumns();
        model.statementProperty().subscribe(chosen -> statements.getSelectionModel().select(chosen));
        statements.getSelectionModel().selectedItemProperty().subscribe(chosen -> {
            if (chosen != null) {
                model.statementProperty().set(chosen);
            }
        });
        details.textProperty().bind(Bindings.createStringBinding(this::detailsOfChosen,
                steps.getSelectionModel().selectedItemProperty(), model.statementProperty()));
        steps.setRowFactory(_ -> new StepRow());
    }

    private void showColumns() {
        TableColumn<StatementPlan, String> text = Columns.text("Statement",
                row -> row.text().strip().replaceAll("\\s+", " "));
        text.setPrefWidth(WIDE);
        statements.getColumns().setAll(List.of(text,
                narrow(Columns.number("Sent", row -> row.repeated() ? row.executions() + "  N+1" : "1")),
                narrow(Columns.number("Plan ms", row -> Formats.millis(row.planningMillis()))),
                narrow(Columns.number("Run ms", row -> Formats.millis(row.executionMillis())))));
        TableColumn<Row, String> step = Columns.text("Step", Row::step);
        step.setPrefWidth(WIDE);
        steps.getColumns().setAll(List.of(step,
                narrow(Columns.number("Self ms", row -> figure(row,
                        (row.node().slowest() ? "▶ " : "") + Formats.millis(row.node().selfMillis())))),
                narrow(Columns.number("Total ms", row -> figure(row, Formats.millis(row.node().totalMillis())))),
                narrow(Columns.number("Rows", row -> figure(row, Formats.count(Math.round(row.node().rows()))))),
                narrow(Columns.number("Planned", row -> Formats.count(Math.round(row.node().plannedRows())))),
                narrow(Columns.number("Loops", row -> Formats.count(row.node().loops()))),
                narrow(Columns.number("Hit", row -> figure(row, Formats.count(row.node().hitBlocks())))),
                narrow(Columns.number("Read", row -> figure(row, Formats.count(row.node().readBlocks()))))));
    }

    private static <T> TableColumn<T, String> narrow(TableColumn<T, String> column) {
        column.setPrefWidth(NARROW);
        return Columns.width(column, NARROW, LIMIT);
    }

    /// A step that never ran has no figures.
    private static String figure(Row row, String text) {
        return row.node().loops() == 0 ? Formats.NONE : text;
    }

    private String detailsOfChosen() {
        Row row = steps.getSelectionModel().getSelectedItem();
        if (row != null) {
            return row.node().title() + row.node().details().stream().map(line -> "\n   " + line)
                    .collect(Collectors.joining());
        }
        StatementPlan chosen = model.statementProperty().get();
        return chosen == null ? "" : chosen.text().strip();
    }

    /// A step, marked when it is the slowest.
    private static final class StepRow extends TableRow<Row> {
        @Override
        protected void updateItem(@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(SLOWEST, !empty && row != null && row.node().slowest());
        }
    }

    @FXML
    void onExplain() {
        model.explain();
    }

    @FXML
    void onCopy() {
        TextClipboard.copy(model.text());
        model.copied();
    }
}
