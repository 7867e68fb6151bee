package dev.memfuse.engine.host;

/// Tries a database without using it: the port behind "Test connection". Implemented by the store.
public interface DatabaseProbe {

    /// Connects, looks, disconnects. Blocks for at most a few seconds; never throws for a database that does not answer.
    ///
    /// @param url JDBC URL, or empty for the database in use
    DatabaseReport test(String url);
}
