package dev.memfuse.console.lab.scorecard;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.CutText;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.lab.experiment.Segments;
import dev.memfuse.fault.NetworkProfile;
import dev.memfuse.lab.scorecard.Phase;
import dev.memfuse.lab.scorecard.PromiseResult;
import dev.memfuse.lab.scorecard.PromiseResult.Outcome;
import dev.memfuse.lab.scorecard.ScorecardResult;
import dev.memfuse.metrics.stats.Numbers;
import org.jspecify.annotations.Nullable;

/// The promises on one network at a time: a row a promise, and for the selected one the words of the plan, the medians
/// of all phases, and what holds it back.
public final class PromisesController {
    private static final PseudoClass BETTER = PseudoClass.getPseudoClass("better");
    private static final PseudoClass WORSE = PseudoClass.getPseudoClass("worse");

    @FXML
    private HBox networks;
    @FXML
    private TableView<PromiseResult> promises;
    @FXML
    private VBox chosen;
    @FXML
    private Label chosenTitle;
    @FXML
    private Label chosenText;
    @FXML
    private GridPane chosenFacts;
    @FXML
    private VBox reasonsGroup;
    @FXML
    private GridPane reasons;

    private Map<String, List<PromiseResult>> shown = Map.of();
    private String network = "";

    @FXML
    void initialize() {
        TableColumn<PromiseResult, String> verdict = Columns.text("Verdict", PromisesController::verdict);
        verdict.getStyleClass().add("verdict-column");
        verdict.setCellFactory(_ -> CutText.explain(new VerdictCell()));
        List<TableColumn<PromiseResult, ?>> columns = List.of(
                sized(Columns.text("Promise", PromiseResult::name), 114, 144),
                sized(Columns.number("Before", promise -> value(promise, promise.before())), 78, 90),
                sized(Columns.number("After", promise -> value(promise, promise.after())), 78, 90),
                sized(Columns.number("Promised", PromisesController::promised), 84, 90),
                sized(Columns.number("Measured, 95 %", PromisesController::change), 142, 176), bars(),
                sized(verdict, 108, 136));
        promises.getColumns().setAll(columns);
        promises.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        promises.getSelectionModel().selectedItemProperty().subscribe(this::choose);
        choose(null);
    }

    private static <T> TableColumn<T, String> sized(TableColumn<T, String> column, double min, double preferred) {
        column.setMinWidth(min);
        column.setPrefWidth(preferred);
        return column;
    }

    private static String value(PromiseResult promise, double value) {
        return Double.isNaN(value) ? Formats.NONE : (Numbers.value(value) + " " + promise.unit()).strip();
    }

    /// Returns the verdict with the distance from the promise: `not kept -12`.
    private static String verdict(PromiseResult promise) {
        return switch (promise.outcome()) {
            case KEPT, NOT_KEPT -> promise.outcome().label() + " " + PromiseResult.signed(promise.points());
            case UNDECIDED, NOT_MEASURED -> promise.outcome().label();
        };
    }

    private static String promised(PromiseResult promise) {
        return String.format(Locale.ROOT, "-%.0f %%", 100 * promise.promised());
    }

    private static String change(PromiseResult promise) {
        return promise.change().isEmpty() ? Formats.NONE : promise.change();
    }

    private static TableColumn<PromiseResult, PromiseResult> bars() {
        TableColumn<PromiseResult, PromiseResult> bars = new TableColumn<>("Reduction");
        bars.setSortable(false);
        bars.setReorderable(false);
        bars.setMinWidth(40);
        bars.setPrefWidth(220);
        bars.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        bars.setCellFactory(_ -> new TableCell<>() {
            @Override
            protected void updateItem(@Nullable PromiseResult promise, boolean empty) {
                super.updateItem(promise, empty);
                setGraphic(empty || promise == null ? null : new ReductionBar(promise));
            }
        });
        return bars;
    }

    /// The verdict in the colour of its outcome.
    private static final class VerdictCell extends TableCell<PromiseResult, String> {
        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            PromiseResult promise = empty || getTableRow() == null ? null : getTableRow().getItem();
            pseudoClassStateChanged(BETTER, promise != null && promise.outcome() == Outcome.KEPT);
            pseudoClassStateChanged(WORSE, promise != null && promise.outcome() == Outcome.NOT_KEPT);
        }
    }

    /// Shows promises; the network and the promise that are selected stay so.
    void show(List<PromiseResult> next) {
        Map<String, List<PromiseResult>> grouped = ScorecardResult.byNetwork(next);
        if (grouped.equals(shown)) {
            return;
        }
        shown = grouped;
        if (!grouped.containsKey(network)) {
            network = grouped.keySet().stream().findFirst().orElse("");
        }
        ToggleGroup group = new ToggleGroup();
        List<ToggleButton> buttons = new ArrayList<>();
        for (String name : grouped.keySet()) {
            String title = NetworkProfile.of(name).map(NetworkProfile::title).orElse(name);
            ToggleButton button = Segments.button(title, "Promises on the network: " + title, group, () -> {
                network = name;
                fill();
            });
            button.setUserData(name);
            buttons.add(button);
        }
        Segments.fill(networks, buttons);
        buttons.stream().filter(button -> network.equals(button.getUserData()))
                .forEach(button -> button.setSelected(true));
        fill();
    }

    private void fill() {
        PromiseResult before = promises.getSelectionModel().getSelectedItem();
        List<PromiseResult> rows = shown.getOrDefault(network, List.of());
        promises.getItems().setAll(rows);
        Columns.fitHeight(promises, rows.size());
        rows.stream().filter(row -> before != null && row.name().equals(before.name())).findFirst()
                .ifPresent(row -> promises.getSelectionModel().select(row));
        NameValueGrid grid = new NameValueGrid(reasons);
        rows.stream().filter(row -> row.outcome() != Outcome.KEPT || !row.reason().isEmpty())
                .forEach(row -> grid.add(row.name(), upper(row.verdict()) + ". " + row.reason()));
        Visibility.set(reasonsGroup, !reasons.getChildren().isEmpty());
    }

    private static String upper(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private void choose(@Nullable PromiseResult promise) {
        Visibility.set(chosen, promise != null);
        if (promise == null) {
            return;
        }
        chosenTitle.setText(upper(promise.name()) + ": " + promise.verdict());
        chosenText.setText("The plan says: \"" + promise.text() + "\". Compared: " + promise.figure() + ", from "
                + promise.from() + " to " + promise.to() + ". Promised " + promised(promise) + ", measured "
                + change(promise) + ".");
        NameValueGrid grid = new NameValueGrid(chosenFacts);
        for (Phase phase : Phase.values()) {
            grid.add(upper(phase.title()), value(promise, promise.medians().getOrDefault(phase, Double.NaN)));
        }
    }
}
