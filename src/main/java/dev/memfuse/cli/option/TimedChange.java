package dev.memfuse.cli.option;

import java.time.Duration;

/// A setting that changes while a load runs, so that one run shows before and after.
///
/// @param at time since the start of the load, warm-up included
/// @param key the setting, for instance `buffer.bypass_mode`
/// @param value its new value as text
public record TimedChange(Duration at, String key, String value) {}
