package dev.memfuse.console.fx;

import java.util.function.Function;

import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

import org.jspecify.annotations.Nullable;

/// Creates columns and sets heights of tables whose cells are plain text. FX thread only.
public final class Columns {
    private static final double ROW_HEIGHT = 32;
    private static final double HEADER_HEIGHT = 40;
    private static final double BORDERS = 2;
    private static final double TITLE_SIZE = 12;
    /// Left and right of a title, and the line between two of them.
    private static final double TITLE_PADDING = 18;
    /// Key of the number of rows in the properties of a table.
    private static final String ROWS = "dev.memfuse.rows";

    private Columns() {}

    /// Creates a column of text, aligned left, at least as wide as its title. A text without room is its own tooltip.
    public static <T> TableColumn<T, String> text(String title, Function<T, String> value) {
        TableColumn<T, String> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
        column.setCellFactory(_ -> CutText.explain(new TextCell<>()));
        column.setSortable(false);
        column.setReorderable(false);
        column.setMinWidth(titleWidth(title));
        return column;
    }

    private static final class TextCell<T> extends TableCell<T, String> {
        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
        }
    }

    /// Creates a column of numbers, aligned right with tabular figures.
    public static <T> TableColumn<T, String> number(String title, Function<T, String> value) {
        TableColumn<T, String> column = text(title, value);
        column.getStyleClass().add("number-column");
        return column;
    }

    /// Returns the width in pixels of a title in the largest text, so that no text size cuts it.
    private static double titleWidth(String title) {
        Text text = new Text(title);
        text.setFont(Font.font(Fonts.TEXT, FontWeight.BOLD, TITLE_SIZE * Preferences.MAX_TEXT / Preferences.TEXT));
        return Math.ceil(text.getLayoutBounds().getWidth()) + TITLE_PADDING;
    }

    /// Limits the width of a column, in pixels. It stays at least as wide as its title.
    public static <T, V> TableColumn<T, V> width(TableColumn<T, V> column, double min, double max) {
        double least = Math.max(min, column.getMinWidth());
        column.setMinWidth(least);
        column.setMaxWidth(Math.max(max, least));
        return column;
    }

    /// Shows a sentence in a table without rows.
    public static void placeholder(TableView<?> table, String sentence) {
        Label label = new Label(sentence);
        label.getStyleClass().add("hint");
        table.setPlaceholder(label);
    }

    /// Shows a sentence that changes in a table without rows.
    public static void placeholder(TableView<?> table, ObservableValue<String> sentence) {
        Label label = new Label();
        label.textProperty().bind(sentence);
        label.getStyleClass().add("hint");
        table.setPlaceholder(label);
    }

    /// Fixes the height of a table to a number of rows, for tables inside a scrolling page.
    public static void fitHeight(TableView<?> table, int rows) {
        if (table.getProperties().put(ROWS, rows) == null) {
            table.setFixedCellSize(ROW_HEIGHT);
            // The style sheet sets another height for compact tables.
            table.fixedCellSizeProperty().subscribe((_, _) -> fit(table));
        }
        fit(table);
    }

    private static void fit(TableView<?> table) {
        int rows = table.getProperties().get(ROWS) instanceof Integer kept ? kept : 0;
        double height = HEADER_HEIGHT + table.getFixedCellSize() * rows + BORDERS;
        table.setMinHeight(height);
        table.setPrefHeight(height);
        table.setMaxHeight(height);
    }
}
