package dev.memfuse.engine.host;

/// Tests a database without using it, for "Test connection".
public interface DatabaseProbe {

    /// Connects to a database, inspects it and disconnects. Blocks for at most a few seconds. Reports a database that
    /// does not answer instead of throwing.
    ///
    /// @param url JDBC URL, or empty for the database in use
    DatabaseReport test(String url);

    /// Tests whether a database can be opened, like [#test(String)].
    default DatabaseReport test(DatabaseChoice choice) {
        return test(choice.url());
    }
}
