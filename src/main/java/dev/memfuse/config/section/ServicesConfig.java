package dev.memfuse.config.section;

/// Section `services`.
///
/// @param cache true keeps one service per user; false builds it again for each call, with its own configuration
///        parse and model session, as the plan's "before" does
public record ServicesConfig(boolean cache) {}
