package dev.memfuse.engine.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import dev.memfuse.file.FileFailures;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the rounds that are released and whose segments are still on the disk. Reads the segments twice, first for the
/// erasures, so that memory does not depend on the number of rounds.
final class ReleasedRounds {
    private static final Logger LOG = LoggerFactory.getLogger(ReleasedRounds.class);

    private final JournalSetup setup;
    private final Segments segments;
    private final UnreleasedEntries unreleased;
    private final Tombstones erased = new Tombstones();

    ReleasedRounds(JournalSetup setup, Segments segments, UnreleasedEntries unreleased) {
        this.setup = setup;
        this.segments = segments;
        this.unreleased = unreleased;
    }

    /// Receives an entry.
    @FunctionalInterface
    private interface Visitor {
        void entry(long lsn, JournalEntry entry);
    }

    /// Visits the rounds, oldest first.
    ///
    /// @throws JournalException when the disk cannot be read
    void forEach(Consumer<RecoveredRound> each) {
        try (Segments.Reading _ = segments.read()) {
            List<Path> files = segments.files();
            for (Path file : files) {
                read(file, (lsn, entry) -> {
                    if (entry instanceof JournalEntry.Erasure erasure) {
                        erased.add(lsn, erasure);
                    }
                });
            }
            for (Path file : files) {
                read(file, (lsn, entry) -> {
                    if (entry instanceof JournalEntry.Round round && unreleased.place(lsn).isEmpty()) {
                        erased.filter(lsn, round).ifPresent(rest -> each.accept(new RecoveredRound(lsn, rest)));
                    }
                });
            }
        } catch (IOException e) {
            throw new JournalException("The journal in " + setup.folder() + " could not be read: "
                    + FileFailures.reason(e) + ". Check the disk.", e.toString(), e);
        }
    }

    private void read(Path file, Visitor visitor) throws IOException {
        try (Disk.DiskFile open = setup.disk().openToRead(file); Arena arena = Arena.ofConfined()) {
            for (RecordFormat.ValidRecord record : SegmentScan.of(open.map(arena), file.getFileName().toString())
                    .records()) {
                try {
                    visitor.entry(record.lsn(), JournalEntryCodec.decode(record.type(), record.payload()));
                } catch (JournalEntryCodec.MalformedException e) {
                    LOG.debug("Journal: entry {} cannot be decoded", record.lsn(), e);
                }
            }
        } catch (NoSuchFileException e) {
            // Deleted between the list of files and its opening: only by a close of the journal.
            LOG.debug("Journal: {} is gone", file);
        }
    }
}
