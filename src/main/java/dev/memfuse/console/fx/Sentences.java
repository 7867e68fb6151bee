package dev.memfuse.console.fx;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import dev.memfuse.file.FileFailures;

/// Sentences about failures, the same wherever a page shows one.
public final class Sentences {
    private Sentences() {}

    /// Returns the stack trace, for a report.
    public static String details(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /// Returns what failed as a sentence for the user, never a bare path or the name of a class.
    public static String of(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> of(e.getCause());
            case ExecutionException e when e.getCause() != null -> of(e.getCause());
            case UncheckedIOException e -> ofUnchecked(e);
            case IOException e -> FileFailures.sentence(e);
            case Error e -> "The program failed (" + e.getClass().getSimpleName()
                    + (message == null ? "" : ": " + message) + "). The log has the details.";
            default -> message == null || message.isBlank()
                    ? "The program failed (" + failure.getClass().getSimpleName() + "). The log has the details."
                    : message;
        };
    }

    /// The message is often that of the cause alone, which is a path.
    private static String ofUnchecked(UncheckedIOException failure) {
        IOException cause = failure.getCause();
        String message = failure.getMessage();
        return cause != null && (message == null || message.equals(cause.toString()))
                ? FileFailures.sentence(cause)
                : String.valueOf(message);
    }
}
