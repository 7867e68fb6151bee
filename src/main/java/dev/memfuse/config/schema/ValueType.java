package dev.memfuse.config.schema;

import java.time.Duration;

/// The type of a setting's value, and the Java type that carries it.
public enum ValueType {
    /// true or false; [Boolean]
    BOOLEAN,
    /// a whole number; [Integer]
    INTEGER,
    /// a number of seconds, whole or decimal; [Duration]
    SECONDS,
    /// a decimal number, a share of one; [Double]
    FRACTION,
    /// any text; [String]
    TEXT,
    /// one of a few words; an enum constant whose name in lower case is the word
    CHOICE,
    /// a value of a setting of the embedded server, in the syntax of PostgreSQL, or empty for the default of the
    /// program; [String]
    SERVER_SETTING
}
