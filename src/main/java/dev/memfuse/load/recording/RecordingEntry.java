package dev.memfuse.load.recording;

import java.time.Instant;

/// A recording in the list.
public sealed interface RecordingEntry {
    /// Returns the name of its folder.
    String id();

    /// Returns the size of its files in bytes.
    long bytes();

    /// Returns the time by which the list is sorted.
    Instant at();

    /// A recording that can be opened.
    record Intact(Manifest manifest, long bytes) implements RecordingEntry {
        @Override
        public String id() {
            return manifest.id();
        }

        @Override
        public Instant at() {
            return manifest.startedAt();
        }
    }

    /// A folder that cannot be opened.
    ///
    /// @param reason sentence for the user
    /// @param at last change of the folder
    record Damaged(String id, String reason, long bytes, Instant at) implements RecordingEntry {}
}
