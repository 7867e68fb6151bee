package dev.memfuse.engine.host;

/// A database that the engine can be switched to.
///
/// @param url JDBC URL, or empty for the embedded server
/// @param readOnly whether it is opened for reading only
public record DatabaseChoice(String url, boolean readOnly) {
    /// A database for reading and writing.
    public DatabaseChoice(String url) {
        this(url, false);
    }
}
