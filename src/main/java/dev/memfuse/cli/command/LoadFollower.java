package dev.memfuse.cli.command;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.memfuse.cli.terminal.LoadProgress;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.LoadRun;

/// Follows a load on the terminal.
///
/// @param terminal receives the progress
record LoadFollower(Terminal terminal) {
    private static final long POLL_MILLIS = 250;

    /// Prints the progress of a load until it has ended, with a result or without. Blocks.
    ///
    /// @param interrupt stops the load
    void follow(LoadRun run, StopOnInterrupt interrupt) throws InterruptedException {
        interrupt.stopWith(run::stop);
        do {
            terminal.progress(LoadProgress.of(run));
        } while (!ended(run));
        terminal.progress(LoadProgress.of(run));
    }

    /// Waits for the end of a run, at most for the interval between two reports of progress.
    private static boolean ended(LoadRun run) throws InterruptedException {
        try {
            run.result().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        }
    }
}
