package dev.memfuse.config.section;

/// Section `queries`.
///
/// @param consolidated true uses one statement per request; false looks up user, agent, session and messages
///        separately and reads messages one by one
public record QueriesConfig(boolean consolidated) {}
