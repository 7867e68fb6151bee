package dev.memfuse.engine.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The recovered rounds without messages that were erased later, and the unreleased entries they form.
final class RecoveredState {
    private final JournalSetup setup;
    private final List<RecoveredRound> rounds = new ArrayList<>();
    private final List<RecoveredCreation> creations = new ArrayList<>();
    private final UnreleasedEntries unreleased;
    private final Instant now;

    RecoveredState(JournalSetup setup, Recovery.Result recovery) {
        this.setup = setup;
        this.now = setup.clock().instant();
        List<Recovery.Entry> entries = recovery.entries();
        long first = entries.isEmpty() ? recovery.next() : entries.getFirst().lsn();
        this.unreleased = new UnreleasedEntries(first, setup.limits(), setup.nanos());
        List<Optional<? extends JournalEntry>> remaining = filter(entries);
        for (int i = 0; i < entries.size(); i++) {
            restore(entries.get(i), remaining.get(i));
        }
        unreleased.skipTo(recovery.next());
    }

    /// Applies the erasures. Returns for each entry what remains of it, if anything.
    private static List<Optional<? extends JournalEntry>> filter(List<Recovery.Entry> entries) {
        var tombstones = new Tombstones();
        List<Optional<? extends JournalEntry>> remaining = new ArrayList<>();
        for (Recovery.Entry entry : entries.reversed()) {
            remaining.add(switch (entry.content()) {
                case JournalEntry.Round round -> tombstones.filter(round);
                case JournalEntry.Creation creation -> tombstones.filter(creation);
                case JournalEntry.Erasure erasure -> {
                    tombstones.add(erasure);
                    yield Optional.empty();
                }
            });
        }
        return remaining.reversed();
    }

    private void restore(Recovery.Entry entry, Optional<? extends JournalEntry> remaining) {
        switch (remaining.orElse(null)) {
            case JournalEntry.Round round -> {
                rounds.add(new RecoveredRound(entry.lsn(), round));
                restore(entry, round.createdAt());
            }
            case JournalEntry.Creation creation -> {
                creations.add(new RecoveredCreation(entry.lsn(), creation));
                restore(entry, creation.createdAt());
            }
            case null, default -> unreleased.restore(entry.lsn(), 0, 0);
        }
    }

    private void restore(Recovery.Entry entry, Instant createdAt) {
        unreleased.restore(entry.lsn(), entry.bytes(), setup.nanos().getAsLong() - age(entry, createdAt).toNanos());
    }

    /// Estimates the age of an entry: no older than its content and its segment, and never negative when the clock was
    /// set back.
    private Duration age(Recovery.Entry entry, Instant createdAt) {
        Instant segment = Instant.ofEpochMilli(entry.segmentMillis());
        Instant since = createdAt.isAfter(segment) ? createdAt : segment;
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    List<RecoveredCreation> creations() {
        return List.copyOf(creations);
    }

    List<RecoveredRound> rounds() {
        return List.copyOf(rounds);
    }

    UnreleasedEntries unreleased() {
        return unreleased;
    }
}
