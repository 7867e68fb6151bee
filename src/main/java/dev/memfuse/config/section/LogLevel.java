package dev.memfuse.config.section;

/// Lowest severity that the program's log records, from the fewest lines to the most.
public enum LogLevel {
    /// A person must act.
    ERROR,
    /// Something works with limits and may recover by itself.
    WARN,
    /// Life cycle and changes of settings.
    INFO,
    /// Decisions, for the analysis of a fault.
    DEBUG,
    /// Data of single steps.
    TRACE
}
