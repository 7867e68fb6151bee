package dev.memfuse.load.process;

/// The messages between the program and the process of its load generator. The first ones go to the generator.
enum Request {
    /// Makes the generator of a workload.
    OPEN(true),
    /// Reads the conversations and creates the users.
    PREPARE(false),
    /// Generates the arrivals of a part.
    RUN(false),
    /// Ends the part.
    END_PART(true),
    /// Changes the offered load.
    LOAD(true),
    /// Changes the shares of the operations.
    MIX(true),
    /// Ends preparation and parts.
    STOP(true),
    /// Waits until no operation is in flight.
    AWAIT_EMPTY(false),
    /// Ends the measurement.
    FINISH(false),
    /// Creates a user; this and the next ones go to the program.
    CREATE_USER(false),
    /// Creates an agent.
    CREATE_AGENT(false),
    /// Creates a session.
    CREATE_SESSION(false),
    /// Opens the index of a user.
    PREPARE_QUERIES(false),
    /// Adds messages.
    ADD(false),
    /// Ranks the memory of a user.
    QUERY(false),
    /// Reads the newest messages.
    LIST(false),
    /// Delivers what was measured.
    SLICE(true);

    private final boolean ordered;

    Request(boolean ordered) {
        this.ordered = ordered;
    }

    /// Returns whether it is served before the next message is read, and has no answer. Serving it must not block.
    boolean ordered() {
        return ordered;
    }
}
