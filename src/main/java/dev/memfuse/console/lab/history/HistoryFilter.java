package dev.memfuse.console.lab.history;

import java.util.List;
import java.util.Optional;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.load.recording.RecordingFilter;
import dev.memfuse.load.recording.RecordingKind;

/// Which recordings the table shows. FX thread only.
final class HistoryFilter {
    private final StringProperty text = new SimpleStringProperty("");
    private final ObjectProperty<Optional<RecordingKind>> kind = new SimpleObjectProperty<>(Optional.empty());
    private final BooleanProperty pinned = new SimpleBooleanProperty();

    /// Calls an action when a choice changes.
    void onChange(Runnable action) {
        text.subscribe((_, _) -> action.run());
        kind.subscribe((_, _) -> action.run());
        pinned.subscribe((_, _) -> action.run());
    }

    /// Returns the filter now.
    RecordingFilter now() {
        return new RecordingFilter(text.get(), kind.get(), List.of(), pinned.get());
    }

    /// Shows everything.
    void clear() {
        text.set("");
        kind.set(Optional.empty());
        pinned.set(false);
    }

    /// Returns the part of id, name, note, verdict or tag.
    StringProperty textProperty() {
        return text;
    }

    /// Returns the kind; empty for every kind.
    ObjectProperty<Optional<RecordingKind>> kindProperty() {
        return kind;
    }

    /// Returns whether only pinned recordings are shown.
    BooleanProperty pinnedProperty() {
        return pinned;
    }
}
