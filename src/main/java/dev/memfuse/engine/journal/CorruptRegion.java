package dev.memfuse.engine.journal;

import java.nio.file.Path;

/// Bytes of the journal that could not be read when it was opened. Entries before and after the region were recovered.
/// The region is reported at each opening until its segment is released and deleted; its copy in the quarantine
/// remains.
///
/// @param file name of the corrupt file
/// @param offset offset of the first corrupt byte
/// @param bytes number of corrupt bytes; 0 when they are missing
/// @param reason a sentence
/// @param report text file that describes the region; the file of the same name with the suffix `.bin` holds the bytes
public record CorruptRegion(String file, long offset, long bytes, String reason, Path report) {}
