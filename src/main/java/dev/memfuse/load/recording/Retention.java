package dev.memfuse.load.recording;

import java.util.Comparator;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes old recordings, so that all together stay within a size. Pinned recordings are kept, and so are folders that
/// cannot be opened: whether they are pinned is not known.
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private Retention() {}

    /// Returns whether a recording may be removed.
    static boolean removable(RecordingEntry entry) {
        return entry instanceof RecordingEntry.Intact readable && !readable.manifest().pinned();
    }

    /// Removes the oldest recordings until the rest has no more than a size.
    ///
    /// @param kept id of a recording that is not removed
    static void apply(Recordings recordings, long limitBytes, String kept) {
        List<RecordingEntry> all = recordings.list();
        long bytes = all.stream().mapToLong(RecordingEntry::bytes).sum();
        List<RecordingEntry> oldestFirst = all.stream().sorted(Comparator.comparing(RecordingEntry::at)).toList();
        for (RecordingEntry entry : oldestFirst) {
            if (bytes <= limitBytes) {
                return;
            }
            if (removable(entry) && !entry.id().equals(kept)) {
                recordings.remove(entry.id());
                bytes -= entry.bytes();
                LOG.info("Recording: {} removed, since all recordings together are limited to {} bytes", entry.id(),
                        limitBytes);
            }
        }
    }
}
