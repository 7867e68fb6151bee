package dev.memfuse.console.fx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

import dev.memfuse.config.ConfigException;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.file.FileFailures;

/// Sentences about failures, the same wherever a page shows one.
public final class Sentences {
    private static final int LONGEST = 900;

    private Sentences() {}

    /// Returns a failure and its causes, a line for each. The stack trace is in the log only.
    public static String details(Throwable failure) {
        Set<Throwable> chain = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<String> lines = new LinkedHashSet<>();
        Throwable next = failure;
        while (next != null && chain.add(next)) {
            if (!onlyRepeats(next)) {
                lines.add(shortened(line(next)));
            }
            next = next.getCause();
        }
        return String.join(System.lineSeparator() + "Cause: ", lines);
    }

    /// Returns whether a failure says nothing that its cause does not say.
    private static boolean onlyRepeats(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause != null && (failure instanceof CompletionException || failure instanceof ExecutionException
                || cause.toString().equals(failure.getMessage()));
    }

    private static String line(Throwable failure) {
        String name = failure.getClass().getSimpleName();
        return isExpected(failure)
                ? complete(failure)
                : hasMessage(failure) ? name + ": " + failure.getMessage() : name + " without a message.";
    }

    /// Returns what failed as a sentence for the user, never a bare path or the name of a class. A message that repeats
    /// something very long is [shortened][#shortened].
    public static String of(Throwable failure) {
        return shortened(complete(failure));
    }

    /// Returns a sentence that a page can show: of one that repeats a typed text of any length, beginning and end.
    public static String shortened(String sentence) {
        if (sentence.length() <= LONGEST) {
            return sentence;
        }
        int from = sentence.length() - LONGEST / 3;
        int until = LONGEST - LONGEST / 3;
        return sentence.substring(0, Character.isHighSurrogate(sentence.charAt(until - 1)) ? until - 1 : until) + " … "
                + sentence.substring(Character.isLowSurrogate(sentence.charAt(from)) ? from + 1 : from);
    }

    private static String complete(Throwable failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> complete(e.getCause());
            case ExecutionException e when e.getCause() != null -> complete(e.getCause());
            case UncheckedIOException e -> ofUnchecked(e);
            case IOException e -> FileFailures.sentence(e);
            default -> isExpected(failure) && message != null && !message.isBlank()
                    ? message
                    : "The program failed (" + failure.getClass().getSimpleName()
                            + (message == null || message.isBlank() ? "" : ": " + message)
                            + "). The log has the details.";
        };
    }

    /// Returns whether a failure is one that the program foresees, so that its message is a sentence for the user. Any
    /// other one is a defect or the end of a resource: its stack trace belongs in the log.
    public static boolean isExpected(Throwable failure) {
        return switch (failure) {
            case CompletionException e when e.getCause() != null -> isExpected(e.getCause());
            case ExecutionException e when e.getCause() != null -> isExpected(e.getCause());
            case EngineException _,ConfigException _,IOException _,UncheckedIOException _ -> true;
            case CancellationException _,InterruptedException _,TimeoutException _ -> true;
            case IllegalArgumentException _,IllegalStateException _ -> hasMessage(failure);
            default -> false;
        };
    }

    private static boolean hasMessage(Throwable failure) {
        String message = failure.getMessage();
        return message != null && !message.isBlank();
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
