package dev.memfuse.metrics;

/// Reads the connection pool at this instant. Called on the sampler's thread; must not block.
public interface PoolGauges {
    /// Before a pool exists.
    PoolGauges NONE = new PoolGauges() {};

    /// Connections in use.
    default int active() {
        return 0;
    }

    /// Connections open and free.
    default int idle() {
        return 0;
    }

    /// Threads that wait for a connection.
    default int waiting() {
        return 0;
    }

    /// The pool's upper limit.
    default int limit() {
        return 0;
    }
}
