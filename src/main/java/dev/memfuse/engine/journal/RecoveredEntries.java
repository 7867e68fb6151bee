package dev.memfuse.engine.journal;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// Collects the entries that recovery finds: the unreleased rounds, without their texts, and the erasures. The age of a
/// recovered round counts from the opening of the journal: the wall clock may have been set in between, and nobody
/// knows how long the machine was off. Not thread-safe.
final class RecoveredEntries implements Recovery.Visitor {
    private final JournalSetup setup;
    private final long opened;
    private final Tombstones tombstones = new Tombstones();
    private final List<RecoveredCreation> creations = new ArrayList<>();
    private @Nullable UnreleasedEntries unreleased;

    RecoveredEntries(JournalSetup setup) {
        this.setup = setup;
        this.opened = setup.nanos().getAsLong();
    }

    @Override
    public void entry(long lsn, int offset, int bytes, JournalEntry content) {
        switch (content) {
            case JournalEntry.Round _ -> startingAt(lsn).restore(lsn, bytes, offset, opened);
            case JournalEntry.Creation creation -> {
                startingAt(lsn).restore(lsn, bytes, offset, opened);
                creations.add(new RecoveredCreation(lsn, creation));
            }
            case JournalEntry.Erasure erasure -> {
                startingAt(lsn).restore(lsn, 0, offset, 0);
                tombstones.add(lsn, erasure);
            }
        }
    }

    private UnreleasedEntries startingAt(long first) {
        UnreleasedEntries entries = unreleased;
        if (entries == null) {
            entries = new UnreleasedEntries(first, setup.limits(), setup.nanos());
            unreleased = entries;
        }
        return entries;
    }

    /// Returns the unreleased rounds, including those whose messages were erased later.
    ///
    /// @param next the next log sequence number
    UnreleasedEntries unreleased(long next) {
        UnreleasedEntries entries = startingAt(next);
        entries.skipTo(next);
        return entries;
    }

    /// Returns the unreleased creations in their order, including those that were erased later.
    List<RecoveredCreation> creations() {
        return creations;
    }

    Tombstones tombstones() {
        return tombstones;
    }
}
