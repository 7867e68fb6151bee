package dev.memfuse.console.alerts;

import java.util.function.Consumer;

import javafx.beans.property.ObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import dev.memfuse.console.fx.Columns;
import org.jspecify.annotations.Nullable;

/// What the tables of the page have in common. FX thread only.
final class Tables {
    private Tables() {}

    /// Fills a table and keeps its selection and that of the model equal.
    ///
    /// @param select called with the row that the user selects
    /// @param open called for Enter and for a double click
    /// @param most number of rows shown without scrolling
    static <T> void bind(TableView<T> table, ObservableList<T> rows, ObjectProperty<@Nullable T> selected,
            Consumer<@Nullable T> select, Runnable open, int most) {
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.setItems(rows);
        rows.addListener((ListChangeListener<T>) _ -> fit(table, most));
        fit(table, most);
        table.getSelectionModel().selectedItemProperty().subscribe(select);
        selected.subscribe(row -> {
            if (row == null) {
                table.getSelectionModel().clearSelection();
            } else {
                table.getSelectionModel().select(row);
            }
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                open.run();
                event.consume();
            }
        });
        table.setOnMouseClicked(click -> {
            if (click.getClickCount() == 2) {
                open.run();
            }
        });
    }

    private static void fit(TableView<?> table, int most) {
        Columns.fitHeight(table, Math.clamp(table.getItems().size(), 1, most));
    }
}
