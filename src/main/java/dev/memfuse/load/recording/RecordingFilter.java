package dev.memfuse.load.recording;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Chooses recordings of the list.
///
/// @param text part of id, name, note, verdict or reason, without regard to case; empty for any
/// @param kind kind; empty for any
/// @param tags tags that a recording must all have
/// @param pinned whether only pinned recordings are chosen
public record RecordingFilter(String text, Optional<RecordingKind> kind, List<String> tags, boolean pinned) {
    /// Chooses everything.
    public static final RecordingFilter ALL = new RecordingFilter("", Optional.empty(), List.of(), false);

    /// Returns the chosen recordings, in their order. A folder that cannot be opened has neither kind nor tags.
    public List<RecordingEntry> of(List<RecordingEntry> entries) {
        return entries.stream().filter(this::matches).toList();
    }

    private boolean matches(RecordingEntry entry) {
        return switch (entry) {
            case RecordingEntry.Damaged damaged -> kind.isEmpty() && tags.isEmpty() && !pinned
                    && contains(damaged.id(), damaged.reason());
            case RecordingEntry.Intact(Manifest manifest, long _) ->
                kind.map(wanted -> wanted == manifest.kind()).orElse(true) && manifest.tags().containsAll(tags)
                        && (!pinned || manifest.pinned()) && contains(manifest.id(), manifest.name(),
                                manifest.note(), manifest.sentence(), String.join(" ", manifest.tags()));
        };
    }

    private boolean contains(String... texts) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        for (String candidate : texts) {
            if (candidate.toLowerCase(Locale.ROOT).contains(wanted)) {
                return true;
            }
        }
        return false;
    }
}
