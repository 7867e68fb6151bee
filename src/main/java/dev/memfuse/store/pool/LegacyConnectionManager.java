package dev.memfuse.store.pool;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import dev.memfuse.config.section.PostgresConfig;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.WorkStats;
import org.jspecify.annotations.Nullable;

/// Acquires connections as the legacy engine does: each use takes one global lock, resolves the configuration
/// hierarchy, finds the pool, checks it with a `SELECT 1` on a separate connection, and records a weak reference to the
/// user.
final class LegacyConnectionManager implements ConnectionManager {
    private final PoolRegistry pools;
    private final Map<String, String> environment;
    private final WorkStats work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Use> uses = new HashSet<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

    /// @param work counts the checks
    LegacyConnectionManager(PoolRegistry pools, Map<String, String> environment, WorkStats work) {
        this.work = work;
        this.pools = pools;
        this.environment = environment;
    }

    @Override
    public TakenConnection acquire(String url, PostgresConfig settings, Object user) throws SQLException {
        ConnectionPool pool;
        lock.lock();
        try {
            PostgresConfig resolved = LegacyConfigLookup.resolve(settings, environment);
            pool = pools.get(url, resolved);
            pool.apply(resolved);
            checkHealth(pool);
            recordUse(user);
        } finally {
            lock.unlock();
        }
        return new TakenConnection(pool.take(), pool);
    }

    private void checkHealth(ConnectionPool pool) throws SQLException {
        try (Connection connection = pool.take(); Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1");
            work.add(Work.STATEMENTS, 1);
            work.add(Work.ROWS, 1);
        }
    }

    private void recordUse(Object user) {
        for (Reference<?> dead = collected.poll(); dead != null; dead = collected.poll()) {
            uses.remove(dead);
        }
        uses.add(new Use(user, collected));
    }

    /// Returns the number of users that are still reachable.
    int activeReferences() {
        lock.lock();
        try {
            return uses.size();
        } finally {
            lock.unlock();
        }
    }

    /// A weak reference that equals another one to the same object, so that the set contains each user once.
    private static final class Use extends WeakReference<Object> {
        private final int hash;

        Use(Object user, ReferenceQueue<Object> queue) {
            super(user, queue);
            hash = System.identityHashCode(user);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (this == other) {
                return true;
            }
            Object user = get();
            return other instanceof Use use && user != null && use.refersTo(user);
        }
    }
}
