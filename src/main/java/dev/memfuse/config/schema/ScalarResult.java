package dev.memfuse.config.schema;

/// The result of reading a [Scalar] as the value of a key.
public sealed interface ScalarResult {

    /// An accepted value.
    ///
    /// @param value of the Java type of its key; for a choice its word
    record Value(Object value) implements ScalarResult {}

    /// A value that the key does not accept.
    ///
    /// @param sentence the expected and the found value
    record Problem(String sentence) implements ScalarResult {}
}
