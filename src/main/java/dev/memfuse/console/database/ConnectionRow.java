package dev.memfuse.console.database;

import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.config.schema.DatabaseUrl;

/// A row of the list of connections.
///
/// @param use state of its database
record ConnectionRow(SavedConnection connection, Use use) {

    /// State of the database of a connection.
    enum Use {
        /// Another database is in use.
        OTHER(""),
        /// The engine starts on it.
        STARTING("Starting"),
        /// The engine runs on it.
        IN_USE("In use"),
        /// The engine did not start on it, or has stopped.
        FAILED("Not connected");

        private final String text;

        Use(String text) {
            this.text = text;
        }
    }

    String name() {
        return connection.name();
    }

    /// Returns host, port and database.
    String target() {
        return embedded() ? "This machine" : DatabaseUrl.target(connection.url());
    }

    /// Returns the settings that connecting puts in force.
    String settings() {
        return connection.profile().orElse("Those in force");
    }

    /// Returns what the program may do with the database.
    String access() {
        return connection.readOnly() ? "Read-only" : "Read and write";
    }

    String state() {
        return use.text;
    }

    /// Returns whether it is the embedded server, which always has a row.
    boolean embedded() {
        return connection.url().isEmpty();
    }
}
