package dev.memfuse.engine.journal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Where the journal lives and what it measures by.
///
/// @param clock for the age of entries of the last process, which is an estimate
/// @param nanos the clock of [System#nanoTime], for all else
record JournalSetup(Path folder, Supplier<JournalLimits> limits, InstantSource clock, LongSupplier nanos, Disk disk) {}
