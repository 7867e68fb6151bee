package dev.memfuse.console.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.input.KeyCombination;

import dev.memfuse.console.action.Keymap;
import dev.memfuse.console.fx.Action;

/// View model of the shortcuts: the list, and the change of the selected one. FX thread only.
final class KeysViewModel {
    private final Keymap keymap;
    private final Map<String, String> pages;
    private final ObservableList<KeyRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper selected = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper waiting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper removable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper resettable = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();
    /// The table loses its selection while its rows are replaced.
    private boolean filling;

    /// @param pages titles of the pages by id
    KeysViewModel(Keymap keymap, Map<String, String> pages) {
        this.keymap = keymap;
        this.pages = Map.copyOf(pages);
        keymap.changesProperty().subscribe(_ -> show());
    }

    private void show() {
        List<KeyRow> next = keymap.actions().all().stream().filter(Action::listed).map(this::row).toList();
        String kept = selected.get();
        filling = true;
        rows.setAll(next);
        filling = false;
        selected.set("");
        selected.set(kept);
        changed.set(!keymap.chosen().isEmpty());
        showButtons();
    }

    private void showButtons() {
        Optional<KeyRow> row = rows.stream().filter(one -> one.id().equals(selected.get())).findFirst();
        removable.set(row.filter(one -> !one.keys().isEmpty()).isPresent());
        resettable.set(row.filter(KeyRow::chosen).isPresent());
    }

    private KeyRow row(Action action) {
        return new KeyRow(action.id(), action.title(), pages.getOrDefault(action.page(), "Every page"),
                keymap.text(action), !keymap.keys(action).equals(action.keys()));
    }

    private Optional<Action> action() {
        return keymap.actions().find(selected.get());
    }

    /// Selects an action.
    void select(String id) {
        if (!filling && !id.equals(selected.get())) {
            selected.set(id);
            waiting.set(false);
            message.set("");
            showButtons();
        }
    }

    /// Waits for the new keys of the selected action.
    void await() {
        action().ifPresent(action -> {
            waiting.set(true);
            message.set("Press the new keys for: " + action.title() + ". Esc keeps "
                    + (keymap.text(action).isEmpty() ? "none" : keymap.text(action))
                    + ", Backspace takes the shortcut away.");
        });
    }

    /// Ends the wait without a change.
    void keep() {
        if (waiting.get()) {
            end("");
        }
    }

    private void end(String result) {
        waiting.set(false);
        message.set(result);
    }

    /// Gives the selected action a shortcut, or says why not.
    void assign(KeyCombination keys) {
        action().ifPresent(action -> {
            String refused = keymap.assign(action, keys);
            end(refused.isEmpty() ? action.title() + ": " + keys.getDisplayText() + "." : refused);
        });
    }

    /// Takes the shortcut of the selected action away.
    void clear() {
        action().ifPresent(action -> {
            keymap.clear(action);
            end(action.title() + ": no shortcut.");
        });
    }

    /// Gives the selected action its own shortcut back, or says why not.
    void reset() {
        action().ifPresent(action -> {
            String refused = keymap.reset(action);
            end(refused.isEmpty()
                    ? action.title() + ": " + (keymap.text(action).isEmpty() ? "no shortcut" : keymap.text(action))
                            + ", as at first."
                    : refused + " Change that one first.");
        });
    }

    /// Gives all actions their own shortcuts back.
    void resetAll() {
        keymap.resetAll();
        end("All shortcuts are as at first.");
    }

    /// Returns the actions with their shortcuts.
    ObservableList<KeyRow> rows() {
        return rows;
    }

    /// Returns the id of the selected action; empty for none.
    ReadOnlyStringProperty selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    /// Returns the result of the last change, why it was refused, or what to press; empty for none.
    ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// Returns whether the next keys are the new shortcut.
    ReadOnlyBooleanProperty waitingProperty() {
        return waiting.getReadOnlyProperty();
    }

    /// Returns whether the selected action has a shortcut.
    ReadOnlyBooleanProperty removableProperty() {
        return removable.getReadOnlyProperty();
    }

    /// Returns whether the user chose the shortcut of the selected action.
    ReadOnlyBooleanProperty resettableProperty() {
        return resettable.getReadOnlyProperty();
    }

    /// Returns whether the user chose any shortcut.
    ReadOnlyBooleanProperty changedProperty() {
        return changed.getReadOnlyProperty();
    }
}
