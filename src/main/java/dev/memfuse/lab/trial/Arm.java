package dev.memfuse.lab.trial;

import dev.memfuse.config.MemFuseConfig;

/// A configuration under test. Keys that are fixed at start have the value of the running engine.
///
/// @param name words for people, such as `legacy, postgres.pool_size=5`
/// @param config complete and valid configuration
public record Arm(String name, MemFuseConfig config) {}
