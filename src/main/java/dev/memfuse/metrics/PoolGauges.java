package dev.memfuse.metrics;

/// Current state of the connection pool. Read on the sampler's thread; must not block.
public interface PoolGauges {
    /// The gauges without a pool.
    PoolGauges NONE = new PoolGauges() {};

    /// Returns the connections in use.
    default int active() {
        return 0;
    }

    /// Returns the open connections that are not in use.
    default int idle() {
        return 0;
    }

    /// Returns the threads that wait for a connection.
    default int waiting() {
        return 0;
    }

    /// Returns the number of connections that the pool keeps open.
    default int minimum() {
        return 0;
    }

    /// Returns the maximum size of the pool.
    default int limit() {
        return 0;
    }
}
