package dev.memfuse.engine.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/// Collects the entries that recovery finds: the unreleased rounds, without their texts, and the erasures. Not
/// thread-safe.
final class RecoveredEntries implements Recovery.Visitor {
    private final JournalSetup setup;
    private final Instant now;
    private final Tombstones tombstones = new Tombstones();
    private final List<RecoveredCreation> creations = new ArrayList<>();
    private @Nullable UnreleasedEntries unreleased;

    RecoveredEntries(JournalSetup setup) {
        this.setup = setup;
        this.now = setup.clock().instant();
    }

    @Override
    public void entry(long lsn, int offset, int bytes, long segmentMillis, JournalEntry content) {
        switch (content) {
            case JournalEntry.Round round -> startingAt(lsn).restore(lsn, bytes, offset,
                    setup.nanos().getAsLong() - age(segmentMillis, round.createdAt()).toNanos());
            case JournalEntry.Creation creation -> {
                startingAt(lsn).restore(lsn, bytes, offset,
                        setup.nanos().getAsLong() - age(segmentMillis, creation.createdAt()).toNanos());
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

    /// Estimates the age of an entry: no older than its content and its segment, and never negative when the clock was
    /// set back.
    private Duration age(long segmentMillis, Instant createdAt) {
        Instant segment = Instant.ofEpochMilli(segmentMillis);
        Instant since = createdAt.isAfter(segment) ? createdAt : segment;
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
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
