package dev.memfuse.config.schema;

/// The groups of settings on the Flags page, in the order of the page. The path flags come first: the performance
/// plan compares them.
public enum ConfigGroup {
    PATH("Path flags",
            "The path of a message. Each flag switches between the plan's legacy and optimized implementation."),
    DURABILITY("Durability and journal", "Durability of an acknowledgement, and limits of the journal."),
    POOL("Connection pool", "Number of connections, and their timeouts."),
    NETWORK("Network", "A slower network between the pool and the database, added by the program to test with. All "
            + "values 0: the pool connects directly."),
    BUFFERS("Buffers", "Limits at which messages move on. No effect while the buffer bypass is on."),
    FLUSH("Flush", "How buffered rounds are written to the database."),
    LAYERS("Memory layers", "How M1 and M2 are built after the acknowledgement."),
    RETRIEVAL("Retrieval", "How a query ranks stored messages."),
    EMBEDDING("Embedding",
            "The model that computes vectors. After a change, stored vectors are recomputed in the background."),
    LANGUAGE_MODEL("Language model", "The model that reads messages for M1 and M2, and its limits."),
    MONITORING("Monitoring", "How often metrics are sampled, and which limits raise an alert."),
    LOAD("Loads", "What a load leaves behind, and the limits that decide the verdict on it."),
    SERVER("Server", "The HTTP server of serve and of the Server page. Changes apply when it starts the next time.");

    private final String title;
    private final String description;

    ConfigGroup(String title, String description) {
        this.title = title;
        this.description = description;
    }

    /// Returns the heading of the group.
    public String title() {
        return title;
    }

    /// Returns the purpose of the group in one or two sentences.
    public String description() {
        return description;
    }
}
