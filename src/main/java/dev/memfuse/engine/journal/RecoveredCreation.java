package dev.memfuse.engine.journal;

/// A user, agent or session recovered from the journal of an earlier process.
///
/// @param lsn log sequence number, with which it is released
public record RecoveredCreation(long lsn, JournalEntry.Creation creation) {}
