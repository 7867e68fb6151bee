package dev.memfuse.engine.journal;

import java.nio.file.Path;
import java.util.function.LongSupplier;

/// What the writer works with.
///
/// @param nanos the clock of [System#nanoTime]
record WriterParts(Path folder, SegmentSource source, Backlog backlog, ForceMeter meter, LongSupplier nanos) {}
