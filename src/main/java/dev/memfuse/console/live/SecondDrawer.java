package dev.memfuse.console.live;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Visibility;
import dev.memfuse.console.live.SecondModel.Shown;
import dev.memfuse.console.live.SecondModel.Slow;
import dev.memfuse.console.live.SpanTexts.Row;
import dev.memfuse.metrics.span.SpanRow.Group;

/// The drawer right of the charts with the figures of [SecondModel]. As wide for each second, so that nothing beside it
/// moves; its labels are reused. FX thread only.
final class SecondDrawer extends VBox {
    private final Table slowest = new Table("Slowest calls, ms", List.of("calls", "p50", "max"));
    private final Table stages = new Table("Stages, ms/call", List.of(""));
    private final Table statements = new Table("Statements", List.of(""));
    private final Table pool = new Table("Connection pool", List.of(""));

    SecondDrawer(SecondModel model) {
        setId("second");
        getStyleClass().add("second-drawer");
        Label title = new Label();
        title.setId("second-title");
        title.getStyleClass().add("span-title");
        title.textProperty().bind(model.shownProperty().map(Shown::title).map(
                time -> time.isEmpty() ? "Second" : time));
        Label note = new Label();
        note.setId("second-note");
        note.getStyleClass().add("hint");
        note.setWrapText(true);
        note.setMinHeight(USE_PREF_SIZE);
        note.textProperty().bind(model.shownProperty().map(Shown::note));
        Label problem = new Label();
        problem.getStyleClass().add("form-problem");
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        problem.textProperty().bind(model.problemProperty());
        List.of(note, problem).forEach(Visibility::whileFilled);
        VBox content = new VBox(note, problem, slowest, stages, statements, pool);
        content.getStyleClass().add("second-content");
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("plain-scroll");
        scroll.setAccessibleText("Figures of the second under the cross hair");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(title, scroll);
        model.shownProperty().subscribe(this::show);
        Visibility.bind(this, model.openProperty());
    }

    private void show(Shown now) {
        slowest.show(now.slowest().stream().map(SecondDrawer::cells).toList());
        stages.show(cells(now, Group.STAGES));
        statements.show(cells(now, Group.STATEMENTS));
        pool.show(cells(now, Group.POOL));
    }

    private static List<String> cells(Slow slow) {
        return List.of(slow.operation(), slow.calls(), slow.median(), slow.slowest());
    }

    private static List<List<String>> cells(Shown shown, Group group) {
        return shown.groups().getOrDefault(group, List.of()).stream().map(SecondDrawer::cells).toList();
    }

    private static List<String> cells(Row row) {
        return List.of(row.name(), row.selected());
    }

    /// Rows of a name and figures; hidden without rows.
    private static final class Table extends GridPane {
        private final List<String> header;
        private final List<List<Label>> rows = new ArrayList<>();

        Table(String title, List<String> header) {
            this.header = header;
            getStyleClass().add("second-cells");
            ColumnConstraints names = new ColumnConstraints();
            names.setHgrow(Priority.ALWAYS);
            getColumnConstraints().add(names);
            add(label(title, "span-block-title"), 0, 0);
            for (int column = 0; column < header.size(); column++) {
                Label head = label(header.get(column), "span-head");
                add(head, column + 1, 0);
                GridPane.setHalignment(head, HPos.RIGHT);
            }
        }

        void show(List<List<String>> next) {
            Visibility.set(this, !next.isEmpty());
            while (rows.size() > next.size()) {
                getChildren().removeAll(rows.removeLast());
            }
            while (rows.size() < next.size()) {
                rows.add(addRow(rows.size() + 1));
            }
            for (int i = 0; i < next.size(); i++) {
                List<String> cells = next.get(i);
                List<Label> labels = rows.get(i);
                for (int column = 0; column < cells.size(); column++) {
                    labels.get(column).setText(cells.get(column));
                }
                labels.getFirst().setAccessibleText(cells.stream().collect(Collectors.joining(" ")));
            }
        }

        private List<Label> addRow(int row) {
            List<Label> labels = new ArrayList<>();
            for (int column = 0; column <= header.size(); column++) {
                Label label = label("", column == 0 ? "span-name" : "span-value");
                add(label, column, row);
                GridPane.setHalignment(label, column == 0 ? HPos.LEFT : HPos.RIGHT);
                labels.add(label);
            }
            return labels;
        }

        private static Label label(String text, String styleClass) {
            Label label = new Label(text);
            label.getStyleClass().add(styleClass);
            label.setMinWidth(USE_PREF_SIZE);
            return label;
        }
    }
}
