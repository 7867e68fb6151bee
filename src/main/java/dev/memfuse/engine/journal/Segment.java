package dev.memfuse.engine.journal;

import java.nio.file.Path;

/// A segment that is no longer written.
///
/// @param last the highest log sequence number in it or before it
record Segment(long sequence, Path file, long bytes, long last) {
    private static final String PREFIX = "segment-";
    private static final String SUFFIX = ".log";

    static String name(long sequence) {
        return PREFIX + "%016d".formatted(sequence) + SUFFIX;
    }

    static boolean isSegment(String name) {
        return name.matches(PREFIX + "\\d{16}\\" + SUFFIX);
    }

    static long sequence(String name) {
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }
}
