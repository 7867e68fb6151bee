package dev.memfuse.console.fx;

import java.util.List;
import java.util.stream.Collectors;

import javafx.scene.Node;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.TableColumnHeader;
import javafx.scene.input.MouseEvent;

/// Explains figures on demand: what they are, of which time, and their names in other tools. FX thread only.
public final class Meaning {
    private static final double WIDTH = 380;
    /// Key of the explanation in the properties of a column.
    private static final String KEY = "dev.memfuse.meaning";

    private Meaning() {}

    /// Explains a figure by a tooltip, and to screen readers.
    public static void explain(Node figure, String text) {
        Tooltip.install(figure, tooltip(text));
        figure.setAccessibleHelp(text);
    }

    /// Explains the columns of a table by tooltips of their titles, and to screen readers as the help of the table.
    ///
    /// @param texts one for each column, in their order; empty for a column that explains itself
    public static void explain(TableView<?> table, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            table.getColumns().get(i).getProperties().put(KEY, texts.get(i));
        }
        table.setAccessibleHelp(table.getColumns().stream().filter(column -> !of(column).isEmpty())
                .map(column -> column.getText() + ": " + of(column)).collect(Collectors.joining(" ")));
        // A title appears with the skin of the table, and again with every change of the columns.
        table.addEventFilter(MouseEvent.MOUSE_ENTERED_TARGET, event -> {
            if (event.getTarget() instanceof TableColumnHeader title && title.getTableColumn() != null
                    && !of(title.getTableColumn()).isEmpty() && title.getProperties().put(KEY, true) == null) {
                Tooltip.install(title, tooltip(of(title.getTableColumn())));
            }
        });
    }

    /// Returns the explanation of a column; empty for none.
    public static String of(TableColumnBase<?, ?> column) {
        return column.hasProperties() && column.getProperties().get(KEY) instanceof String text ? text : "";
    }

    /// Returns a tooltip with an explanation, as wide as a few lines need.
    public static Tooltip tooltip(String text) {
        Tooltip tooltip = new Tooltip(text);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(WIDTH);
        return tooltip;
    }
}
