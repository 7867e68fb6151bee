package dev.memfuse.config.connection;

import java.util.List;

import dev.memfuse.config.ConfigException;

/// The connections that the user saved. Names are unique without regard to case. Methods read and write files, so the
/// FX thread does not call them. Thread-safe.
public interface SavedConnections {

    /// The saved connections.
    ///
    /// @param all connections by name
    /// @param problem what was wrong with the file at its last damage, and where it is kept; empty when nothing was
    record Saved(List<SavedConnection> all, String problem) {
        public Saved {
            all = List.copyOf(all);
        }
    }

    /// Returns all connections.
    ///
    /// @throws ConfigException when the file cannot be read
    Saved list();

    /// Adds a connection.
    ///
    /// @throws ConfigException when another one has its name, it cannot be used ([SavedConnection#problem]), or the
    ///     file cannot be written
    void add(SavedConnection connection);

    /// Replaces a connection, also by one of another name.
    ///
    /// @param name name of the connection that is replaced
    /// @throws ConfigException when there is none of this name, a third one has the new name, the new one cannot be
    ///     used, or the file cannot be written
    void replace(String name, SavedConnection connection);

    /// Removes a connection. Has no effect when there is none of this name.
    ///
    /// @throws ConfigException when the file cannot be written
    void remove(String name);
}
