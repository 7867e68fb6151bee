package dev.memfuse.cli.command;

import dev.memfuse.cli.terminal.Follower;
import dev.memfuse.cli.terminal.LoadProgress;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.load.LoadRun;

/// Follows a load on the terminal.
///
/// @param terminal receives the progress
record LoadFollower(Terminal terminal) {
    /// Prints the progress of a load until it has ended, with a result or without. Blocks.
    ///
    /// @param interrupt stops the load
    void follow(LoadRun run, StopOnInterrupt interrupt) throws InterruptedException {
        interrupt.stopWith(run::stop);
        new Follower(terminal).await(run.result(), () -> LoadProgress.of(run));
    }
}
