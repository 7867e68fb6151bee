package dev.memfuse.file;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Locale;

/// Describes why a file or a folder cannot be read or written. The platform's own message is often only the path.
public final class FileFailures {
    private FileFailures() {}

    /// Returns the reason for the user: part of a sentence, without the path and without a full stop.
    public static String reason(IOException failure) {
        String reason = text(failure).strip();
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    /// Returns what happened, where, and what to do: complete sentences for the user.
    public static String sentence(IOException failure) {
        String path = failure instanceof FileSystemException e && e.getFile() != null
                ? e.getFile()
                : failure instanceof FileNotFoundException e ? path(e) : "";
        String what = path.isEmpty() ? "A file cannot be read or written" : path + " cannot be read or written";
        return what + ": " + reason(failure) + ". " + advice(failure);
    }

    /// Returns the reason and what to do: the end of a sentence, without a full stop.
    public static String clause(IOException failure) {
        String advice = advice(failure);
        return reason(failure) + "; " + Character.toLowerCase(advice.charAt(0))
                + advice.substring(1, advice.length() - 1);
    }

    private static String advice(IOException failure) {
        String reason = reason(failure).toLowerCase(Locale.ROOT);
        return switch (failure) {
            case NoSuchFileException _ -> "Check that the path is right.";
            case AccessDeniedException _ -> "Change its permissions, or choose another place.";
            case FileAlreadyExistsException _,DirectoryNotEmptyException _ -> "Choose another name.";
            case IOException _ when reason.contains("space") || reason.contains("quota") ->
                "Free space on the disk, then repeat it.";
            case IOException _ when reason.contains("read-only") -> "Choose a place that can be written.";
            default -> "Check the path, its permissions and the disk, then repeat it.";
        };
    }

    /// Returns the path in a message such as "/a/b (Permission denied)".
    private static String path(FileNotFoundException failure) {
        String message = String.valueOf(failure.getMessage());
        int reason = message.lastIndexOf(" (");
        return reason < 0 ? "" : message.substring(0, reason);
    }

    private static String text(IOException failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case NoSuchFileException _ -> "it does not exist";
            case AccessDeniedException _ -> "this account has no permission";
            case NotDirectoryException _ -> "it is not a folder";
            case FileAlreadyExistsException _ -> "there is one of this name already";
            case DirectoryNotEmptyException _ -> "the folder is not empty";
            case FileSystemLoopException _ -> "its links lead in a circle";
            case NotLinkException _ -> "it is not a link";
            case FileNotFoundException e when !path(e).isEmpty() -> String.valueOf(message).substring(path(e).length())
                    .strip().replaceAll("^\\(|\\)$", "");
            case FileSystemException e when e.getReason() != null -> e.getReason();
            case MalformedUtf8Exception e -> e.getMessage();
            case CharacterCodingException _ -> "it is not UTF-8 text";
            case EOFException _ -> "it is incomplete";
            case FileSystemException _ -> "the system gives no reason";
            default -> message == null || message.isBlank() ? "the system gives no reason" : message;
        };
    }
}
