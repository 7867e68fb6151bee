package dev.memfuse.console.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.TableCopy;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.engine.DamagedLetter;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.DeadLetters;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.ReadOnlyException;

/// Window that lists the dead letters and stores the selected ones again or deletes them. FX thread only; the engine is
/// called off the FX thread.
final class DeadLetterDialog {
    /// Maximum number of shown letters.
    private static final int SHOWN = 1_000;
    private static final ButtonType RETRY = new ButtonType("Retry", ButtonBar.ButtonData.LEFT);
    private static final ButtonType DISCARD = new ButtonType("Discard", ButtonBar.ButtonData.LEFT);
    private static final ButtonType CLOSE = new ButtonType("Close", ButtonBar.ButtonData.CANCEL_CLOSE);
    private static final double WIDTH = 860;

    /// A letter as it is shown; a damaged one has no time and session.
    private record Row(UUID roundId, UUID userId, String session, String refusedAt, long bytes, String reason) {
        static Row of(DeadLetter letter) {
            return new Row(letter.roundId(), letter.session().userId(), letter.session().sessionId().toString(),
                    letter.refusedAt().toString(), letter.bytes(), letter.reason());
        }

        static Row of(DamagedLetter letter) {
            return new Row(letter.roundId(), letter.userId(), "", "", letter.bytes(), "Damaged. " + letter.reason());
        }
    }

    private final Supplier<Optional<MemoryEngine>> engine;
    private final TaskRunner tasks;

    DeadLetterDialog(Supplier<Optional<MemoryEngine>> engine, TaskRunner tasks) {
        this.engine = engine;
        this.tasks = tasks;
    }

    /// Opens the window over the window of a node.
    void show(Node owner) {
        TableView<Row> table = table();
        Dialog<ButtonType> dialog = new Dialog<>();
        dialog.initOwner(owner.getScene().getWindow());
        dialog.setTitle("Dead letters");
        dialog.setHeaderText("Acknowledged rounds that the database refused for their content"
                + (readOnly() ? "\n" + ReadOnlyException.SENTENCE : ""));
        dialog.setResizable(true);
        dialog.getDialogPane().setContent(table);
        dialog.getDialogPane().setPrefWidth(WIDTH);
        dialog.getDialogPane().getButtonTypes().addAll(RETRY, DISCARD, CLOSE);
        TableCopy.install(dialog.getDialogPane().getScene());
        onButton(dialog, RETRY, table, ids -> letters -> letters.retry(ids));
        onButton(dialog, DISCARD, table, ids -> letters -> letters.discard(ids));
        fill(table);
        dialog.show();
    }

    private static TableView<Row> table() {
        TableView<Row> table = new TableView<>();
        table.setId("dead-letters");
        table.setAccessibleText("Dead letters");
        Columns.placeholder(table, "No dead letters");
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        column(table, "Refused", Row::refusedAt);
        column(table, "User", row -> row.userId().toString());
        column(table, "Session", Row::session);
        column(table, "Size", row -> Formats.size(row.bytes()));
        column(table, "Reason", Row::reason);
        return table;
    }

    private static void column(TableView<Row> table, String title, Function<Row, String> text) {
        TableColumn<Row, String> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
        table.getColumns().add(column);
    }

    private void onButton(Dialog<ButtonType> dialog, ButtonType type, TableView<Row> table,
            Function<Set<UUID>, Function<DeadLetters, Object>> change) {
        Button button = (Button) dialog.getDialogPane().lookupButton(type);
        button.disableProperty().bind(readOnly()
                ? new SimpleBooleanProperty(true)
                : Bindings.isEmpty(table.getSelectionModel().getSelectedItems()));
        button.addEventFilter(ActionEvent.ACTION, event -> {
            // The window stays open for further letters.
            event.consume();
            Set<UUID> ids = table.getSelectionModel().getSelectedItems().stream().map(Row::roundId)
                    .collect(Collectors.toSet());
            tasks.call("change dead letters", () -> engine.get().map(MemoryEngine::deadLetters).map(change.apply(ids)))
                    .onSuccess(_ -> fill(table)).start();
        });
    }

    private boolean readOnly() {
        return engine.get().filter(MemoryEngine::readOnly).isPresent();
    }

    private void fill(TableView<Row> table) {
        tasks.call("list dead letters", this::list).onSuccess(table.getItems()::setAll).start();
    }

    private List<Row> list() {
        List<Row> shown = new ArrayList<>();
        engine.get().map(MemoryEngine::deadLetters).ifPresent(letters -> {
            letters.damaged().stream().limit(SHOWN).map(Row::of).forEach(shown::add);
            letters.forEach(letter -> {
                if (shown.size() < SHOWN) {
                    shown.add(Row.of(letter));
                }
            });
        });
        return shown;
    }
}
