package dev.memfuse.engine.journal;

import java.nio.file.Path;

/// Bytes of the journal that could not be read when it was opened. Entries before and after them were recovered. The
/// same damage is reported at each opening until its segment is released and gone; the quarantine stays.
///
/// @param file name of the damaged file
/// @param offset of the first damaged byte
/// @param bytes how many are damaged; 0 when they are missing altogether
/// @param why a sentence
/// @param quarantine the text file that describes the damage; the bytes lie beside it, in a file that ends in `.bin`
public record Damage(String file, long offset, long bytes, String why, Path quarantine) {}
