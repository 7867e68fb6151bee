package dev.memfuse.lab.scorecard;

/// The figures of a block. Less is better for each.
public enum Figure {
    /// First access to the service, one user after the other.
    SCRIPT_FIRST_ACCESS("script: first access", "ms"),
    /// `add_batch` of the benchmark script.
    SCRIPT_ADD_BATCH("script: add_batch", "ms"),
    /// `query` of the benchmark script.
    SCRIPT_QUERY("script: query", "ms"),
    /// First access to the service, median of 10 users at once.
    FIRST_ACCESS("first access", "ms"),
    /// `add_batch`, median of 10 users at once.
    ADD_BATCH("add_batch", "ms"),
    /// `query`, median of 10 users at once.
    QUERY("query", "ms"),
    /// `get_messages_by_session`, median of 10 users at once: the request that is nothing but database.
    GET_MESSAGES("get_messages", "ms"),
    /// Wait for a connection, mean of all operations of 10 users at once.
    ACQUIRE("wait for a connection per operation", "ms"),
    /// Mean of all operations of 10 users at once.
    RESPONSE("mean response", "ms"),
    /// Total time of the load test.
    TEN_USERS("load test, 10 users", "ms"),
    /// Time from the last acknowledgement until buffers are stored and layers are built, per batch.
    LAYERS("work behind the acknowledgement, per batch", "ms"),
    /// Processor time of the process per batch, the work behind the acknowledgement included.
    PROCESSOR("processor time per batch", "ms"),
    /// Open connections at the end of the load test.
    CONNECTIONS("open connections", ""),
    /// Memory of the process at the end of the load test.
    MEMORY("memory of the process", "MiB");

    private final String title;
    private final String unit;

    Figure(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /// Returns the name on screen.
    public String title() {
        return title;
    }

    /// Returns the unit; empty for a number of things.
    public String unit() {
        return unit;
    }
}
