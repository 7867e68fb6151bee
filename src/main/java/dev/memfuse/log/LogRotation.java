package dev.memfuse.log;

/// Bounds of a log and its rolled files.
///
/// @param fileBytes size at which a file is rolled; it is rolled at midnight too
/// @param days days after which a rolled file is deleted
/// @param totalBytes bytes of all rolled files together; beyond it the oldest are deleted
record LogRotation(long fileBytes, int days, long totalBytes) {
    /// Bounds of the program: files of 10 MiB, two weeks, 100 MiB in total.
    static final LogRotation STANDARD = new LogRotation(10L << 20, 14, 100L << 20);
}
