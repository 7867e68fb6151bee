package dev.memfuse.console.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import javafx.fxml.FXML;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.TextClipboard;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.live.SpanTexts.Block;
import dev.memfuse.console.live.SpanTexts.Row;
import dev.memfuse.metrics.Operation;

/// Binds the panel of the selected span to its model.
public final class SpanController {
    private static final List<String> HEADER = List.of("selected", "before", "change");

    private final SpanModel model;
    private final List<Grid> grids = new ArrayList<>();
    @FXML
    private VBox root;
    @FXML
    private Label title;
    @FXML
    private Label note;
    @FXML
    private Button record;
    @FXML
    private ToggleGroup operations;
    @FXML
    private ScrollPane scroll;
    @FXML
    private FlowPane blocks;

    SpanController(SpanModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        Visibility.bind(root, model.selectionProperty().map(span -> span != null).orElse(false));
        title.textProperty().bind(model.titleProperty());
        Tooltip beside = new Tooltip();
        beside.textProperty().bind(model.besideProperty());
        title.setTooltip(beside);
        note.textProperty().bind(model.noteProperty());
        Visibility.whileFilled(note);
        record.disableProperty().bind(model.recordingProperty());
        model.blocksProperty().subscribe(this::show);
        // As high as the rows at its width, and no higher.
        scroll.prefViewportHeightProperty().bind(blocks.heightProperty());
        model.operationProperty().subscribe(shown -> operations.getToggles().stream()
                .filter(toggle -> shown.map(Operation::name).orElse("").equals(toggle.getUserData()))
                .forEach(operations::selectToggle));
        operations.selectedToggleProperty().addListener((_, before, selected) -> {
            if (selected == null) {
                before.setSelected(true);
            } else {
                String name = (String) ((ToggleButton) selected).getUserData();
                model.operationProperty()
                        .set(name.isEmpty() ? Optional.empty() : Optional.of(Operation.valueOf(name)));
            }
        });
    }

    private void show(List<Block> next) {
        while (grids.size() < next.size()) {
            grids.add(new Grid());
        }
        for (int i = 0; i < next.size(); i++) {
            grids.get(i).show(next.get(i));
        }
        List<GridPane> views = grids.subList(0, next.size()).stream().map(Grid::view).toList();
        if (!views.equals(blocks.getChildren())) {
            blocks.getChildren().setAll(views);
        }
    }

    @FXML
    void onZoom() {
        model.zoom();
    }

    @FXML
    void onRecord() {
        model.record();
    }

    @FXML
    void onCopy() {
        TextClipboard.copy(model.table());
    }

    @FXML
    void onClear() {
        model.clear();
    }

    /// One group of figures. Reuses its labels, since the figures of a growing selection change each second.
    private static final class Grid {
        private final Label title = label("span-block-title");
        private final GridPane view = new GridPane();
        private final List<List<Label>> rows = new ArrayList<>();

        Grid() {
            view.getStyleClass().add("span-cells");
            view.add(title, 0, 0);
            for (int column = 0; column < HEADER.size(); column++) {
                Label head = label("span-head");
                head.setText(HEADER.get(column));
                view.add(head, column + 1, 0);
                GridPane.setHalignment(head, HPos.RIGHT);
            }
        }

        GridPane view() {
            return view;
        }

        void show(Block block) {
            title.setText(block.title());
            while (rows.size() > block.rows().size()) {
                view.getChildren().removeAll(rows.removeLast());
            }
            while (rows.size() < block.rows().size()) {
                rows.add(addRow(rows.size() + 1));
            }
            for (int i = 0; i < rows.size(); i++) {
                Row row = block.rows().get(i);
                List<Label> labels = rows.get(i);
                labels.get(0).setText(row.name());
                labels.get(1).setText(row.selected());
                labels.get(2).setText(row.before());
                labels.get(3).setText(row.change());
                labels.get(1).setAccessibleText(
                        row.name() + ": " + row.selected() + ", before " + row.before() + ", change " + row.change());
            }
        }

        private List<Label> addRow(int row) {
            List<Label> labels = List.of(label("span-name"), label("span-value"), label("span-before"),
                    label("span-change"));
            for (int column = 0; column < labels.size(); column++) {
                view.add(labels.get(column), column, row);
                GridPane.setHalignment(labels.get(column),
                        column == 0 ? HPos.LEFT : javafx.geometry.HPos.RIGHT);
            }
            return labels;
        }

        private static Label label(String styleClass) {
            Label label = new Label();
            label.getStyleClass().add(styleClass);
            label.setMinWidth(Region.USE_PREF_SIZE);
            return label;
        }
    }
}
