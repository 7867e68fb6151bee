package dev.memfuse.load.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Says why a file could not be written; the platform's message is often the bare path.
final class WriteFailure {
    private WriteFailure() {}

    static String words(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "this account may not write there.";
            case NoSuchFileException _ -> "there is no such folder, and it cannot be made.";
            case FileSystemException e when e.getReason() != null -> e.getReason() + ".";
            default -> failure.getMessage() + ".";
        };
    }
}
