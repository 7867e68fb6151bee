package dev.memfuse.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// Describes why a file or a folder cannot be read. The platform's own message is often only the path.
public final class FileFailures {
    private FileFailures() {}

    /// Returns the reason for the user: part of a sentence, without the path and without a full stop.
    public static String reason(IOException failure) {
        String reason = text(failure).strip();
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    private static String text(IOException failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "this account has no permission";
            case NotDirectoryException _ -> "it is not a folder";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            case MalformedUtf8Exception e -> e.getMessage();
            case CharacterCodingException _ -> "it is not UTF-8 text";
            case EOFException _ -> "it is incomplete";
            default -> message == null || message.isBlank() ? "the system gives no reason" : message;
        };
    }
}
