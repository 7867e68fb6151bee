package dev.memfuse.engine.journal;

import java.nio.file.Path;
import java.util.Locale;

/// A sealed segment: it is complete and no longer written.
///
/// @param sequence sequence number of the segment
/// @param bytes size on the disk
/// @param used number of bytes from the start that may not be zero
/// @param last the highest log sequence number in it or before it
record Segment(long sequence, Path file, long bytes, long used, long last) {
    private static final String PREFIX = "segment-";
    private static final String SUFFIX = ".log";

    /// Returns the file name of a segment.
    static String name(long sequence) {
        return PREFIX + String.format(Locale.ROOT, "%016d", sequence) + SUFFIX;
    }

    /// Returns whether a file name is that of a segment. Accepts the digits of every script, since version 0.2 and
    /// earlier wrote those of the machine's locale.
    static boolean isSegment(String name) {
        return name.matches(PREFIX + "\\p{Nd}{16}\\" + SUFFIX);
    }

    /// Returns the sequence number in the file name of a segment.
    static long sequence(String name) {
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }
}
