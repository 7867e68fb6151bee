package dev.memfuse.store.pool;

import java.sql.SQLException;

import dev.memfuse.config.section.PostgresConfig;

/// Acquires connections by one double-checked lookup of the pool, without a check and without bookkeeping (plan, 1.1).
final class OptimizedConnectionManager implements ConnectionManager {
    private final PoolRegistry pools;

    OptimizedConnectionManager(PoolRegistry pools) {
        this.pools = pools;
    }

    @Override
    public TakenConnection acquire(String url, PostgresConfig settings, Object user) throws SQLException {
        ConnectionPool pool = pools.get(url, settings);
        return new TakenConnection(pool.take(), pool);
    }
}
