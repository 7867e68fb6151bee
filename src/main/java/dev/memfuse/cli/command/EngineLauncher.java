package dev.memfuse.cli.command;

import java.net.URI;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.StopOnInterrupt;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.exception.EngineException;

/// Starts the engine for a command and closes it after the work.
///
/// @param terminal receives the progress of start and shutdown
record EngineLauncher(ProgramServices services, Terminal terminal) {

    /// The work of a command on a running engine.
    @FunctionalInterface
    interface Work {
        /// Does the work; blocks until it is done.
        ///
        /// @param interrupt the request to end early
        /// @return the exit code
        int run(HeadlessSession session, StopOnInterrupt interrupt) throws InterruptedException;
    }

    /// Runs the work on a server with MemFuse's API.
    ///
    /// @return the exit code
    int run(LaunchOptions options, URI target, Work work) throws InterruptedException {
        try (StopOnInterrupt interrupt = new StopOnInterrupt();
                HeadlessSession session = services.connect(options, target)) {
            return run(work, session, interrupt);
        }
    }

    /// Work that ends by an exception since it was stopped has nothing to show. The sentence is printed here: the
    /// program ends as soon as the engine is closed.
    private int run(Work work, HeadlessSession session, StopOnInterrupt interrupt) throws InterruptedException {
        try {
            return work.run(session, interrupt);
        } catch (IllegalStateException | EngineException e) {
            if (!interrupt.requested()) {
                throw e;
            }
            terminal.step("Stopped. " + e.getMessage());
            return ExitCodes.STOPPED;
        }
    }

    /// Starts the engine, runs the work and closes the engine. On Ctrl+C the program ends after the work has
    /// ended, so that results are not lost.
    ///
    /// @return the exit code
    int run(LaunchOptions options, Work work) throws InterruptedException {
        try (StopOnInterrupt interrupt = new StopOnInterrupt();
                HeadlessSession session = services.start(options, terminal::progress)) {
            if (interrupt.requested()) {
                terminal.step("Stopped before the work began.");
                return ExitCodes.FAILED;
            }
            return run(work, session, interrupt);
        }
    }
}
