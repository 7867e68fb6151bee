package dev.memfuse.console.log;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;

import dev.memfuse.config.section.LogLevel;
import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Icons;
import dev.memfuse.log.LogEntry;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// Columns and rows of the Log page's table.
final class LogTable {
    /// Number of rows that stay visible above a match.
    static final int ROWS_ABOVE = 3;
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");
    private static final PseudoClass WARNING = PseudoClass.getPseudoClass("warning");
    private static final PseudoClass FINE = PseudoClass.getPseudoClass("fine");
    private static final PseudoClass MATCH = PseudoClass.getPseudoClass("match");
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter EARLIER = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private LogTable() {}

    static void lay(TableView<LogEntry> table, LogViewModel model) {
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.getColumns().setAll(List.of(column("Time", 142, entry -> time(entry.at())),
                column("Level", 68, entry -> entry.level().name()), column("Component", 116, LogEntry::component),
                text()));
        table.setRowFactory(_ -> new Row(model));
    }

    private static TableColumn<LogEntry, String> column(String title, double width, Function<LogEntry, String> value) {
        TableColumn<LogEntry, String> column = Columns.text(title, value);
        column.setPrefWidth(width);
        column.setMinWidth(width);
        column.setMaxWidth(width * 2);
        column.getStyleClass().add("log-" + title.toLowerCase(Locale.ROOT));
        return column;
    }

    private static TableColumn<LogEntry, LogEntry> text() {
        TableColumn<LogEntry, LogEntry> column = new TableColumn<>("Text");
        column.setSortable(false);
        column.setReorderable(false);
        column.getStyleClass().add("log-text");
        column.setCellValueFactory(cell -> new ReadOnlyObjectWrapper<>(cell.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            private final FontIcon more = new FontIcon(Icons.MORE);

            @Override
            protected void updateItem(@Nullable LogEntry entry, boolean empty) {
                super.updateItem(entry, empty);
                setText(empty || entry == null ? null : entry.text());
                setGraphic(empty || entry == null || entry.details().isEmpty() ? null : more);
            }
        });
        return column;
    }

    /// Returns the time of day, with the date unless it is today.
    private static String time(Instant at) {
        ZonedDateTime time = at.atZone(ZoneId.systemDefault());
        return (time.toLocalDate().equals(LocalDate.now(ZoneId.systemDefault())) ? TODAY : EARLIER).format(time);
    }

    private static final class Row extends TableRow<LogEntry> {
        private final LogViewModel model;

        Row(LogViewModel model) {
            this.model = model;
        }

        @Override
        protected void updateItem(@Nullable LogEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            LogLevel level = empty || entry == null ? LogLevel.INFO : entry.level();
            pseudoClassStateChanged(ERROR, level == LogLevel.ERROR);
            pseudoClassStateChanged(WARNING, level == LogLevel.WARN);
            pseudoClassStateChanged(FINE, level.compareTo(LogLevel.INFO) > 0);
            pseudoClassStateChanged(MATCH, !empty && entry != null && model.matches(entry));
        }
    }
}
