package dev.memfuse.config.section;

/// Section `services`.
///
/// @param cache true keeps one service per user; false builds one per call, which parses the configuration and opens a
///        model session, as in the plan's "before"
public record ServicesConfig(boolean cache) {}
