package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.SQLException;

import dev.memfuse.config.section.PostgresConfig;

/// The plan's "after" (1.1): one double-checked lookup, no check, no bookkeeping.
final class OptimizedConnectionManager implements ConnectionManager {
    private final PoolRegistry pools;

    OptimizedConnectionManager(PoolRegistry pools) {
        this.pools = pools;
    }

    @Override
    public Connection acquire(String url, PostgresConfig settings, Object user) throws SQLException {
        return pools.get(url, settings).take();
    }
}
