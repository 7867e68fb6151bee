package dev.memfuse.engine.journal;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads unreleased rounds back from the disk, each without the messages that were erased after it. Thread-safe; its
/// memory does not depend on the number of rounds.
final class RoundReader {
    private static final Logger LOG = LoggerFactory.getLogger(RoundReader.class);

    private final JournalSetup setup;
    private final Segments segments;
    private final UnreleasedEntries unreleased;
    private final Tombstones tombstones;

    RoundReader(JournalSetup setup, Segments segments, UnreleasedEntries unreleased, Tombstones tombstones) {
        this.setup = setup;
        this.segments = segments;
        this.unreleased = unreleased;
        this.tombstones = tombstones;
    }

    /// Visits all unreleased rounds, oldest first. Rounds that are released meanwhile may be left out.
    ///
    /// @throws JournalException when the disk cannot be read
    void forEach(Consumer<RecoveredRound> each) {
        try (EntryReader reader = reader()) {
            for (long lsn = unreleased.nextFrom(0); lsn > 0; lsn = unreleased.nextFrom(lsn + 1)) {
                visit(reader, lsn, each);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Visits some rounds. Leaves out rounds that are released or have no message left.
    ///
    /// @param lsns log sequence numbers, best in ascending order
    /// @throws JournalException when the disk cannot be read
    void read(LongStream lsns, Consumer<RecoveredRound> each) {
        try (EntryReader reader = reader()) {
            lsns.forEachOrdered(lsn -> visit(reader, lsn, each));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Discards the rounds of which no message remains.
    void discardErased() throws IOException {
        try (EntryReader reader = reader()) {
            for (long lsn = unreleased.nextFrom(0); lsn > 0; lsn = unreleased.nextFrom(lsn + 1)) {
                Optional<JournalEntry.Round> round = stored(reader, lsn);
                if (round.isPresent() && tombstones.filter(lsn, round.get()).isEmpty()) {
                    unreleased.discard(lsn);
                }
            }
        }
    }

    private EntryReader reader() {
        return new EntryReader(setup.disk(), segments);
    }

    private void visit(EntryReader reader, long lsn, Consumer<RecoveredRound> each) {
        try {
            stored(reader, lsn).flatMap(round -> tombstones.filter(lsn, round))
                    .ifPresent(round -> each.accept(new RecoveredRound(lsn, round)));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /// Reads an unreleased round. A round whose bytes changed since it was written is reported and released: it cannot
    /// be stored, and the rounds after it can.
    private Optional<JournalEntry.Round> stored(EntryReader reader, long lsn) throws IOException {
        Optional<UnreleasedEntries.Place> place = unreleased.place(lsn);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        Optional<RecordFormat.ValidRecord> record = reader.read(lsn, place.get());
        if (record.isPresent()) {
            try {
                return JournalEntryCodec.decode(record.get().type(),
                        record.get().payload()) instanceof JournalEntry.Round round
                                ? Optional.of(round)
                                : Optional.empty();
            } catch (JournalEntryCodec.MalformedException e) {
                LOG.debug("Journal: entry {} cannot be decoded", lsn, e);
            }
        }
        if (unreleased.place(lsn).isPresent()) {
            LOG.error("Journal: entry {} in {} cannot be read back; its bytes changed on the disk. Its messages are "
                    + "lost.", lsn, setup.folder());
            unreleased.discard(lsn);
        }
        return Optional.empty();
    }

    private JournalException unreadable(IOException cause) {
        return new JournalException("The journal in " + setup.folder() + " could not be read: " + cause.getMessage()
                + ". Check the disk.", cause.toString(), cause);
    }
}
