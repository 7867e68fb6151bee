/// The write-ahead log in front of the buffers: acknowledged entries are on the disk and are recovered after a crash.
/// Owns a folder with segments, a checkpoint and a quarantine; independent of buffers, storage and SQL.
@NullMarked
package dev.memfuse.engine.journal;

import org.jspecify.annotations.NullMarked;
