package dev.memfuse.config.section;

/// Section `services`.
///
/// @param cache true builds one service per user under a lock, with shared configuration and model; false builds it at
///        first access without a lock, with its own parse of the configuration and its own model session, as in the
///        plan's "before"
public record ServicesConfig(boolean cache) {}
