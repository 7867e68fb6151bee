package dev.memfuse.console.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// Copies the selected rows of a focused table with Ctrl+C: a line of titles and a line for each row, with tabs between
/// the columns, as spreadsheets read it. Without a selection it copies all rows.
///
/// A column whose cells draw and have no text is left out, unless [#text] gives it one. A table that takes the key
/// itself keeps its own format.
public final class TableCopy {
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    /// Key of the text in the properties of a column.
    private static final String TEXT = "dev.memfuse.copied";
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private TableCopy() {}

    /// Installs the key for all tables of a scene; called once, on the FX thread.
    public static void install(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (COPY.match(event) && event.getTarget() instanceof TableView<?> table) {
                TextClipboard.copy(rows(table));
                event.consume();
            }
        });
    }

    /// Sets the text that is copied for a column whose cells draw their row.
    public static <T> void text(TableColumn<T, T> column, Function<T, String> text) {
        column.getProperties().put(TEXT, new DrawnColumn<>(column, text));
    }

    private record DrawnColumn<T>(TableColumn<T, T> column, Function<T, String> text) {
        String at(int index) {
            return text.apply(column.getCellData(index));
        }
    }

    /// Returns the selected rows with the titles of their columns; all rows when none is selected.
    static String rows(TableView<?> table) {
        List<Integer> selected = List.copyOf(table.getSelectionModel().getSelectedIndices());
        List<Integer> indices = selected.isEmpty()
                ? IntStream.range(0, table.getItems().size()).boxed().toList()
                : selected;
        List<TableColumn<?, ?>> columns = table.getVisibleLeafColumns().stream()
                .filter(column -> isText(table, column)).<TableColumn<?, ?>>map(column -> column).toList();
        List<String> lines = new ArrayList<>();
        lines.add(columns.stream().map(column -> flat(column.getText())).collect(Collectors.joining("\t")));
        for (int index : indices) {
            lines.add(columns.stream().map(column -> cell(column, index)).collect(Collectors.joining("\t")));
        }
        return String.join("\n", lines);
    }

    private static boolean isText(TableView<?> table, TableColumn<?, ?> column) {
        return column.getProperties().containsKey(TEXT)
                || IntStream.range(0, table.getItems().size()).mapToObj(column::getCellData)
                        .allMatch(value -> value == null || value instanceof CharSequence || value instanceof Number);
    }

    private static String cell(TableColumn<?, ?> column, int index) {
        if (column.getProperties().get(TEXT) instanceof DrawnColumn<?> drawn) {
            return flat(drawn.at(index));
        }
        Object value = column.getCellData(index);
        return value == null ? "" : flat(value.toString());
    }

    /// A tab or a line break within a cell would end it.
    private static String flat(String text) {
        return SPACE.matcher(text).replaceAll(" ").strip();
    }
}
