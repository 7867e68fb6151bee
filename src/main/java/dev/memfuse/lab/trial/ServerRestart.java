package dev.memfuse.lab.trial;

import java.util.Optional;

import dev.memfuse.config.schema.ServerKeys;

/// Restarts the database server for experiments on settings that take effect at its start. Thread-safe.
public interface ServerRestart {
    /// A server that experiments cannot restart.
    ServerRestart NONE = new ServerRestart() {
        @Override
        public Optional<String> problem() {
            return Optional.of(ServerKeys.NOT_IN_USE);
        }

        @Override
        public void run() {
            throw new IllegalStateException("The database server is not restarted by this program.");
        }
    };

    /// Returns why the server cannot be restarted, as a clause whose subject is a setting; empty when it can be.
    Optional<String> problem();

    /// Restarts the server with the settings in force; the engine waits meanwhile. Blocks for about a second.
    ///
    /// @throws IllegalStateException when the server does not start with them, with its reason for the user; it runs
    ///         with the settings of its last start then
    void run();
}
