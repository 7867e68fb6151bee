package dev.memfuse.engine.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Folder, limits, clocks and file operations of a journal.
///
/// @param clock wall clock, for the headers of segments
/// @param nanos the clock of [System#nanoTime], for all other times
record JournalSetup(Path folder, Supplier<JournalLimits> limits, InstantSource clock, LongSupplier nanos, Disk disk) {}
