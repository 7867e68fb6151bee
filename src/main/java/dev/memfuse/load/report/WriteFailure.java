package dev.memfuse.load.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

import dev.memfuse.file.FileFailures;

/// Describes why a file could not be written, since the platform's message is often only the path.
public final class WriteFailure {
    private WriteFailure() {}

    /// Returns the reason as a clause with its stop.
    public static String describe(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "this account has no write permission.";
            case NoSuchFileException _ -> "the folder does not exist and cannot be created.";
            case FileSystemException e when e.getReason() != null -> e.getReason() + ".";
            default -> FileFailures.reason(failure) + ".";
        };
    }
}
