package dev.memfuse.console.pool;

import javafx.scene.Node;

import dev.memfuse.console.fx.Meaning;

/// What the figures of the Pool page are, of which time, and their names in other tools.
enum PoolMeaning {
    /// Connections in use.
    IN_USE("Connections in use, the range of each twentieth of a second. OpenTelemetry: db.client.connection.count "
            + "with the state used; Micrometer: hikaricp.connections.active; HikariCP: ActiveConnections."),
    /// Threads that wait.
    WAITING("Threads that wait for a connection, the range of each twentieth of a second. OpenTelemetry: "
            + "db.client.connection.pending_requests; Micrometer: hikaricp.connections.pending; HikariCP: "
            + "ThreadsAwaitingConnection."),
    /// Times of waits.
    ACQUIRE("Time from the request of a connection to its receipt, of each since the start. OpenTelemetry: "
            + "db.client.connection.wait_time; Micrometer: hikaricp.connections.acquire."),
    /// Times of use.
    HOLD("Time from the receipt of a connection to its return, of each since the start. OpenTelemetry: "
            + "db.client.connection.use_time; Micrometer: hikaricp.connections.usage."),
    /// Times of connects.
    CONNECT("Time to open a new connection to the server, of each since the start. OpenTelemetry: "
            + "db.client.connection.create_time; Micrometer: hikaricp.connections.creation.");

    private final String text;

    PoolMeaning(String text) {
        this.text = text;
    }

    /// Explains a figure, on demand.
    void explain(Node figure) {
        Meaning.explain(figure, text);
    }
}
