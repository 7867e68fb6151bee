package dev.memfuse.engine.service;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

import dev.memfuse.engine.buffer.BufferedRound;
import dev.memfuse.engine.buffer.JournalReader;
import dev.memfuse.engine.journal.Journal;
import dev.memfuse.engine.journal.JournalEntry;

/// Reads rounds of the buffers back from the journal. Thread-safe.
record BufferedJournal(Journal journal) implements JournalReader {
    @Override
    public void read(LongStream lsns, Consumer<BufferedRound> each) {
        journal.read(lsns, read -> each.accept(buffered(read.round(), read.lsn())));
    }

    /// @param lsn 0 when the round is not in the journal
    static BufferedRound buffered(JournalEntry.Round round, long lsn) {
        return new BufferedRound(round.roundId(), round.session(), round.createdAt(), round.messages(), round.tokens(),
                List.of(), lsn);
    }
}
