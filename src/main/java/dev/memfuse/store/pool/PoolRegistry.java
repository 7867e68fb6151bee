package dev.memfuse.store.pool;

import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import dev.memfuse.config.section.PostgresConfig;
import org.jspecify.annotations.Nullable;

/// One pool per database URL, created at first use. Thread-safe.
final class PoolRegistry implements AutoCloseable {
    private static final long CREATION_SECONDS = 2;

    private final Map<String, ConnectionPool> pools = new ConcurrentHashMap<>();
    private final ReentrantLock creating = new ReentrantLock();
    private final Function<PostgresConfig, ConnectionPool> factory;
    private final AcquireGate gate;

    /// @param gate holds back the creation of pools, also for a call that passed it before it was closed
    PoolRegistry(Function<PostgresConfig, ConnectionPool> factory, AcquireGate gate) {
        this.factory = factory;
        this.gate = gate;
    }

    /// Returns the pool of a URL. Double-checked: one lookup without the lock, a second one inside it before the
    /// creation.
    ///
    /// @throws SQLTransientConnectionException when there is no pool and the gate stays closed
    ConnectionPool get(String url, PostgresConfig settings) throws SQLTransientConnectionException {
        ConnectionPool pool = pools.get(url);
        while (pool == null) {
            gate.pass(settings.poolTimeout());
            pool = create(url, settings);
        }
        return pool;
    }

    /// Returns null when the gate was closed meanwhile.
    private @Nullable ConnectionPool create(String url, PostgresConfig settings) {
        creating.lock();
        try {
            ConnectionPool pool = pools.get(url);
            if (pool == null && !gate.isHeld()) {
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

    /// Removes the pool of a URL like [#remove], also one that is being created, unless its creation takes too long.
    @Nullable
    ConnectionPool removeCreated(String url) {
        boolean locked = false;
        try {
            locked = creating.tryLock(CREATION_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            return pools.remove(url);
        } finally {
            if (locked) {
                creating.unlock();
            }
        }
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
