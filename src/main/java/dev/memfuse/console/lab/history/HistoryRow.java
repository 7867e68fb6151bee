package dev.memfuse.console.lab.history;

import java.util.Locale;
import java.util.stream.Collectors;

import dev.memfuse.console.fx.Formats;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingEntry;

/// A recording as text for the table.
///
/// @param figures its first figures; of one that cannot be opened, why
/// @param pinned whether retention keeps it
/// @param entry the recording itself
record HistoryRow(String id, String when, String kind, String name, String verdict, String figures, String tags,
        boolean pinned, String size, RecordingEntry entry) {
    private static final int FIGURES = 3;

    static HistoryRow of(RecordingEntry entry) {
        String when = Formats.moment(entry.at());
        String size = Formats.size(entry.bytes());
        return switch (entry) {
            case RecordingEntry.Damaged(String id, String reason, long _, var _) ->
                new HistoryRow(id, when, "Damaged", id, "not readable", reason, "", false, size, entry);
            case RecordingEntry.Intact(Manifest manifest, long _) -> new HistoryRow(manifest.id(), when,
                    upper(manifest.kind().label()), manifest.name(), manifest.outcome(), figures(manifest),
                    String.join(" ", manifest.tags()), manifest.pinned(), size, entry);
        };
    }

    private static String figures(Manifest manifest) {
        return manifest.figures().stream().limit(FIGURES).map(figure -> figure.title() + " " + figure.text())
                .collect(Collectors.joining(", "));
    }

    private static String upper(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /// Returns whether it can be opened.
    boolean intact() {
        return entry instanceof RecordingEntry.Intact;
    }
}
