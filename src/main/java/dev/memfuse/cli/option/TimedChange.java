package dev.memfuse.cli.option;

import java.time.Duration;

/// A change of a setting while a load runs.
///
/// @param at time after the start of the load, warm-up included
/// @param key key of the setting, for instance `buffer.bypass_mode`
/// @param value the new value as text
public record TimedChange(Duration at, String key, String value) {}
