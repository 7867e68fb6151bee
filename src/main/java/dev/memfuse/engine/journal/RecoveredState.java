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
    private final UnreleasedEntries unreleased;
    private final Instant now;

    RecoveredState(JournalSetup setup, Recovery.Result recovery) {
        this.setup = setup;
        this.now = setup.clock().instant();
        List<Recovery.Entry> entries = recovery.entries();
        long first = entries.isEmpty() ? recovery.next() : entries.getFirst().lsn();
        this.unreleased = new UnreleasedEntries(first, setup.limits(), setup.nanos());
        List<Optional<JournalEntry.Round>> remaining = filter(entries);
        for (int i = 0; i < entries.size(); i++) {
            restore(entries.get(i), remaining.get(i));
        }
        unreleased.skipTo(recovery.next());
    }

    /// Applies the erasures. Returns for each entry its remaining round, if any.
    private static List<Optional<JournalEntry.Round>> filter(List<Recovery.Entry> entries) {
        var tombstones = new Tombstones();
        List<Optional<JournalEntry.Round>> remaining = new ArrayList<>();
        for (Recovery.Entry entry : entries.reversed()) {
            remaining.add(switch (entry.content()) {
                case JournalEntry.Round round -> tombstones.filter(round);
                case JournalEntry.Erasure erasure -> {
                    tombstones.add(erasure);
                    yield Optional.empty();
                }
            });
        }
        return remaining.reversed();
    }

    private void restore(Recovery.Entry entry, Optional<JournalEntry.Round> remaining) {
        if (remaining.isEmpty()) {
            unreleased.restore(entry.lsn(), 0, 0);
            return;
        }
        JournalEntry.Round round = remaining.get();
        rounds.add(new RecoveredRound(entry.lsn(), round));
        unreleased.restore(entry.lsn(), entry.bytes(), setup.nanos().getAsLong() - age(entry, round).toNanos());
    }

    /// Estimates the age of a round: no older than the round and its segment, and never negative when the clock was set
    /// back.
    private Duration age(Recovery.Entry entry, JournalEntry.Round round) {
        Instant segment = Instant.ofEpochMilli(entry.segmentMillis());
        Instant since = round.createdAt().isAfter(segment) ? round.createdAt() : segment;
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    List<RecoveredRound> rounds() {
        return List.copyOf(rounds);
    }

    UnreleasedEntries unreleased() {
        return unreleased;
    }
}
