package dev.memfuse.cli.terminal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.memfuse.progress.Progress;

/// Shows the progress of background work on the terminal until the work ends.
///
/// @param terminal receives the progress
public record Follower(Terminal terminal) {
    private static final long POLL_MILLIS = 250;

    /// Shows the progress until a result is there, and returns the result. Blocks.
    ///
    /// @param progress the progress now
    /// @throws RuntimeException the failure of the work
    public <R> R follow(CompletableFuture<R> result, Supplier<Progress> progress) throws InterruptedException {
        await(result, progress);
        try {
            return result.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// Shows the progress until the work has ended, with a result or without. Blocks.
    public void await(CompletableFuture<?> result, Supplier<Progress> progress) throws InterruptedException {
        do {
            terminal.progress(progress.get());
        } while (!ended(result));
        terminal.progress(progress.get());
    }

    /// Shows the progress of work that does not report its end, until it is no longer active; returns its last state.
    /// Blocks.
    ///
    /// @param state the state now
    public <S> S poll(Supplier<S> state, Predicate<S> active, Function<S, Progress> progress)
            throws InterruptedException {
        CompletableFuture<Object> never = new CompletableFuture<>();
        S now = state.get();
        while (active.test(now)) {
            terminal.progress(progress.apply(now));
            boolean _ = ended(never);
            now = state.get();
        }
        return now;
    }

    /// Waits for the end, at most for the interval between two reports of progress.
    private static boolean ended(CompletableFuture<?> result) throws InterruptedException {
        try {
            result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }
}
