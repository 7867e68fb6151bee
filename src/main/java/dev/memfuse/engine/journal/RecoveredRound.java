package dev.memfuse.engine.journal;

/// A round that survived the last process, without the messages that were erased later.
///
/// @param lsn the log sequence number to release it by
public record RecoveredRound(long lsn, JournalEntry.Round round) {}
