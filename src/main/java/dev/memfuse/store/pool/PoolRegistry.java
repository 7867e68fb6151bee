package dev.memfuse.store.pool;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import dev.memfuse.config.section.PostgresConfig;
import org.jspecify.annotations.Nullable;

/// One pool per database URL, created at first use. Thread-safe.
final class PoolRegistry implements AutoCloseable {
    private final Map<String, ConnectionPool> pools = new ConcurrentHashMap<>();
    private final ReentrantLock creating = new ReentrantLock();
    private final Function<PostgresConfig, ConnectionPool> factory;

    PoolRegistry(Function<PostgresConfig, ConnectionPool> factory) {
        this.factory = factory;
    }

    /// Returns the pool of a URL. Double-checked: one lookup without the lock, a second one inside it before the
    /// creation.
    ConnectionPool get(String url, PostgresConfig settings) {
        ConnectionPool pool = pools.get(url);
        if (pool != null) {
            return pool;
        }
        creating.lock();
        try {
            pool = pools.get(url);
            if (pool == null) {
                pool = factory.apply(settings);
                pools.put(url, pool);
            }
            return pool;
        } finally {
            creating.unlock();
        }
    }

    /// Returns the pool of a URL, null when there is none yet.
    @Nullable
    ConnectionPool existing(String url) {
        return pools.get(url);
    }

    /// Removes the pool of a URL, so that the next use creates another one. Returns null when there is none.
    @Nullable
    ConnectionPool remove(String url) {
        return pools.remove(url);
    }

    int size() {
        return pools.size();
    }

    @Override
    public void close() {
        pools.values().forEach(ConnectionPool::close);
        pools.clear();
    }
}
