package dev.memfuse.engine;

/// Number of items that a deletion removed, by kind.
///
/// @param buffered messages removed from the buffers
/// @param messages stored messages (M0)
/// @param chunks chunks (M1)
/// @param facts facts (M2)
/// @param sessions sessions
/// @param episodes episodes (M1)
public record DeleteResult(int buffered, int messages, int chunks, int facts, int sessions, int episodes) {}
