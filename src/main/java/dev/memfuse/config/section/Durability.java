package dev.memfuse.config.section;

/// Durability of the acknowledgement of a message that goes through the buffers.
public enum Durability {
    /// Acknowledged after the commit in PostgreSQL: each batch is flushed first.
    DATABASE,
    /// Acknowledged after the write to the journal on disk: no acknowledged message is lost when the process, the
    /// machine or the database fails.
    JOURNAL,
    /// Acknowledged from memory. Unsafe: buffered messages are lost when the process dies.
    MEMORY;

    /// The risk of [#MEMORY], shown wherever the value is shown.
    public static final String UNSAFE = "unsafe: lost when the program dies";
}
