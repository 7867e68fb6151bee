package dev.memfuse.engine;

/// How much a deletion removed, by layer.
///
/// @param buffered messages removed before they were stored
/// @param messages M0 rows
/// @param chunks M1 rows
/// @param facts M2 rows
/// @param sessions session rows
/// @param episodes M1 episodes
public record DeleteResult(int buffered, int messages, int chunks, int facts, int sessions, int episodes) {}
