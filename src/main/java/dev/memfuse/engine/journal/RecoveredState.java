package dev.memfuse.engine.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is left of the last process: its rounds without what was erased after them, as the backlog of this one.
final class RecoveredState {
    private final JournalSetup setup;
    private final List<RecoveredRound> rounds = new ArrayList<>();
    private final Backlog backlog;
    private final Instant now;

    RecoveredState(JournalSetup setup, Recovery.Result found) {
        this.setup = setup;
        this.now = setup.clock().instant();
        List<Recovery.Read> entries = found.entries();
        this.backlog = new Backlog(entries.isEmpty() ? found.next() : entries.getFirst().lsn(), setup.limits(),
                setup.nanos());
        List<Optional<JournalEntry.Round>> left = filter(entries);
        for (int i = 0; i < entries.size(); i++) {
            restore(entries.get(i), left.get(i));
        }
        backlog.skipTo(found.next());
    }

    /// For each entry the round that is left of it, if any.
    private static List<Optional<JournalEntry.Round>> filter(List<Recovery.Read> entries) {
        var erasures = new Tombstones();
        List<Optional<JournalEntry.Round>> left = new ArrayList<>();
        for (Recovery.Read read : entries.reversed()) {
            left.add(switch (read.entry()) {
                case JournalEntry.Round round -> erasures.filter(round);
                case JournalEntry.Erasure erasure -> {
                    erasures.add(erasure);
                    yield Optional.empty();
                }
            });
        }
        return left.reversed();
    }

    private void restore(Recovery.Read read, Optional<JournalEntry.Round> left) {
        if (left.isEmpty()) {
            backlog.restore(read.lsn(), 0, 0);
            return;
        }
        JournalEntry.Round round = left.get();
        rounds.add(new RecoveredRound(read.lsn(), round));
        backlog.restore(read.lsn(), read.bytes(), setup.nanos().getAsLong() - age(read, round).toNanos());
    }

    /// An estimate: no older than the round or its segment, and never negative, whatever the clock did.
    private Duration age(Recovery.Read read, JournalEntry.Round round) {
        Instant segment = Instant.ofEpochMilli(read.segmentMillis());
        Instant since = round.createdAt().isAfter(segment) ? round.createdAt() : segment;
        return since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    List<RecoveredRound> rounds() {
        return List.copyOf(rounds);
    }

    Backlog backlog() {
        return backlog;
    }
}
