package dev.memfuse.config.schema;

/// What came of reading one value of a file: the value, or what is wrong with it.
public sealed interface ScalarResult {

    /// @param value of the Java type of its key; for a choice its word
    record Value(Object value) implements ScalarResult {}

    /// @param sentence what was expected and what was found
    record Fault(String sentence) implements ScalarResult {}
}
