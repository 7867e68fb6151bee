package dev.memfuse.console.live;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import atlantafx.base.theme.Styles;
import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.metrics.pool.WaitProfile.Row;

/// A panel of the size of a chart with the table of [WaitsModel]. FX thread only.
final class WaitsPanel extends VBox {
    private final Button back = new Button("time by stage");
    private final Button course = new Button("over time");

    /// @param onBack shows the chart of stages again
    /// @param onCourse shows what is waited for over time
    WaitsPanel(WaitsModel model, Runnable onBack, Runnable onCourse) {
        setId("waits");
        getStyleClass().add("waits-panel");
        setMinWidth(0);
        Label title = new Label("Who waits where");
        title.getStyleClass().add("live-chart-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        back.setId("waits-back");
        back.setMinWidth(Region.USE_PREF_SIZE);
        back.setTooltip(new Tooltip("Mean time of a call in each stage"));
        back.getStyleClass().addAll(Styles.SMALL, "chart-choice");
        back.setOnAction(_ -> onBack.run());
        course.setId("waits-course");
        course.setMinWidth(Region.USE_PREF_SIZE);
        course.setTooltip(new Tooltip("What connections and threads wait for, on the time axis of the charts"));
        course.getStyleClass().addAll(Styles.SMALL, "chart-choice");
        course.setOnAction(_ -> onCourse.run());
        HBox heading = new HBox(title, space, course, back);
        heading.getStyleClass().add("live-chart-heading");
        Label note = new Label();
        note.setId("waits-note");
        note.getStyleClass().add("waits-note");
        note.setWrapText(true);
        note.setMinHeight(USE_PREF_SIZE);
        note.textProperty().bind(model.noteProperty());
        TableView<Row> table = table(model);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(heading, note, table);
    }

    private static TableView<Row> table(WaitsModel model) {
        TableView<Row> table = new TableView<>(model.rows());
        table.setId("waits-table");
        table.getStyleClass().add("dense-table");
        table.setAccessibleText("Connections by stage of the operation and wait of the server's process");
        Columns.placeholder(table, "");
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns().add(Columns.width(Columns.text("Operation", row -> text(row.place().operation())), 92, 110));
        table.getColumns().add(Columns.width(Columns.text("Stage", row -> text(row.place().stage())), 72, 100));
        table.getColumns().add(Columns.text("Process of the server", row -> row.place().server()));
        table.getColumns().add(Columns.width(Columns.number("Mean", row -> Formats.millis(row.mean())), 52, 70));
        table.getColumns().add(Columns.width(Columns.number("Now", row -> Formats.count(row.now())), 46, 60));
        table.getColumns().add(Columns.width(Columns.number("Share", row -> Formats.percent(row.share())), 62, 76));
        return table;
    }

    private static String text(String label) {
        return label.isEmpty() ? Formats.NONE : label;
    }

    /// Focuses the button that leads to the chart.
    void focusCourse() {
        course.requestFocus();
    }

    /// Focuses the button that leads back.
    void focusBack() {
        back.requestFocus();
    }
}
