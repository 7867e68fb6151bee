package dev.memfuse.console.settings;

import java.util.Map;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.input.KeyCombination;

import dev.memfuse.console.action.Keymap;
import dev.memfuse.console.fx.Action;

/// View model of the shortcuts: the list, and the change of one. FX thread only.
final class KeysViewModel {
    private final Keymap keymap;
    private final Map<String, String> pages;
    private final ObservableList<KeyRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper changed = new ReadOnlyBooleanWrapper();

    /// @param pages titles of the pages by id
    KeysViewModel(Keymap keymap, Map<String, String> pages) {
        this.keymap = keymap;
        this.pages = Map.copyOf(pages);
        keymap.changesProperty().subscribe(_ -> show());
    }

    private void show() {
        rows.setAll(keymap.actions().all().stream().map(this::row).toList());
        changed.set(!keymap.chosen().isEmpty());
    }

    private KeyRow row(Action action) {
        return new KeyRow(action.id(), action.title(), pages.getOrDefault(action.page(), "Every page"),
                keymap.text(action), !keymap.keys(action).equals(action.keys()));
    }

    private Action action(String id) {
        return keymap.actions().require(id);
    }

    /// Gives an action a shortcut, or says why not.
    void assign(String id, KeyCombination keys) {
        String refused = keymap.assign(action(id), keys);
        message.set(refused.isEmpty() ? action(id).title() + ": " + keys.getDisplayText() + "." : refused);
    }

    /// Takes the shortcut of an action away.
    void clear(String id) {
        keymap.clear(action(id));
        message.set(action(id).title() + ": no shortcut.");
    }

    /// Gives an action its own shortcut back, or says why not.
    void reset(String id) {
        String refused = keymap.reset(action(id));
        message.set(refused.isEmpty() ? "" : refused + " Change that one first.");
    }

    /// Gives all actions their own shortcuts back.
    void resetAll() {
        keymap.resetAll();
        message.set("All shortcuts are as at first.");
    }

    /// Returns the actions with their shortcuts.
    ObservableList<KeyRow> rows() {
        return rows;
    }

    /// Returns the result of the last change, or why it was refused; empty for none.
    ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /// Returns whether the user chose any shortcut.
    ReadOnlyBooleanProperty changedProperty() {
        return changed.getReadOnlyProperty();
    }
}
