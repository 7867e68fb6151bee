package dev.memfuse.engine.journal;

/// A round recovered from the journal of an earlier process, without the messages that were erased later.
///
/// @param lsn log sequence number, with which it is released
public record RecoveredRound(long lsn, JournalEntry.Round round) {}
