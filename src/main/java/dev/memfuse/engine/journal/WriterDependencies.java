package dev.memfuse.engine.journal;

import java.nio.file.Path;
import java.util.function.LongSupplier;

/// Dependencies of the writer.
///
/// @param nanos the clock of [System#nanoTime]
record WriterDependencies(Path folder, SegmentSource source, UnreleasedEntries unreleased, ForceMeter meter,
        LongSupplier nanos) {}
