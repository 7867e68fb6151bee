package dev.memfuse.console.lab.history;

import java.util.Arrays;
import java.util.List;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.load.recording.Manifest;
import org.jspecify.annotations.Nullable;

/// Name, note and tags of the selected recording, as typed. FX thread only.
final class RecordingForm {
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty note = new SimpleStringProperty("");
    private final StringProperty tags = new SimpleStringProperty("");
    private @Nullable Manifest shown;

    /// Shows a recording. What was typed for the same one stays; so does what was typed while it did not change.
    void show(@Nullable Manifest manifest) {
        Manifest before = shown;
        shown = manifest;
        if (manifest == null) {
            return;
        }
        if (before == null || !before.id().equals(manifest.id())) {
            name.set(manifest.name());
            note.set(manifest.note());
            tags.set(text(manifest.tags()));
            return;
        }
        update(name, before.name(), manifest.name());
        update(note, before.note(), manifest.note());
        update(tags, text(before.tags()), text(manifest.tags()));
    }

    /// A field that was not edited follows the recording.
    private static void update(StringProperty field, String before, String now) {
        if (field.get().equals(before)) {
            field.set(now);
        }
    }

    private static String text(List<String> tags) {
        return String.join(" ", tags);
    }

    /// Returns the recording with what was typed.
    Manifest apply(Manifest manifest) {
        return manifest.withName(name.get().strip()).withNote(note.get().strip()).withTags(typedTags());
    }

    private List<String> typedTags() {
        return Arrays.stream(tags.get().split("[\\s,]+")).filter(tag -> !tag.isEmpty()).distinct().toList();
    }

    StringProperty nameProperty() {
        return name;
    }

    StringProperty noteProperty() {
        return note;
    }

    /// Returns the tags, separated by blanks.
    StringProperty tagsProperty() {
        return tags;
    }
}
