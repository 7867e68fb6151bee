package dev.memfuse.config.section;

/// What stands behind the acknowledgement of a message that goes through the buffers.
public enum Durability {
    /// The commit in PostgreSQL: each batch is flushed before it is acknowledged.
    DATABASE,
    /// The journal on disk: nothing acknowledged is lost when the process, the machine or the database dies.
    JOURNAL,
    /// Nothing but memory. Unsafe: what is buffered is lost when the process dies.
    MEMORY;

    /// What is to be said wherever [#MEMORY] shows, so that nobody has to know it.
    public static final String UNSAFE = "unsafe: lost when the program dies";
}
