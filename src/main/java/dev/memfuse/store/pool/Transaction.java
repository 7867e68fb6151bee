package dev.memfuse.store.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/// Runs work in one transaction of a leased connection, which commits only after the work returned. Any [Throwable],
/// an [Error] included, rolls back.
///
/// Autocommit is switched on again only after a commit or a rollback that succeeded, since the switch itself commits an
/// open transaction. A connection that reached neither is evicted, and the server rolls back when it closes.
final class Transaction {
    private final Consumer<Connection> evict;

    /// @param evict closes a connection instead of returning it to the pool; must not throw
    Transaction(Consumer<Connection> evict) {
        this.evict = evict;
    }

    /// @param connection in autocommit mode, and again so on return unless it was evicted
    <T> T run(Connection connection, Database.Work<T> work) throws SQLException {
        boolean reusable = false;
        try {
            connection.setAutoCommit(false);
            T result = work.run(connection);
            connection.commit();
            connection.setAutoCommit(true);
            reusable = true;
            return result;
        } catch (Throwable e) {
            reusable = rolledBack(connection, e) && e instanceof Exception;
            throw e;
        } finally {
            if (!reusable) {
                evict.accept(connection);
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // a throwable must not suppress itself
    private static boolean rolledBack(Connection connection, Throwable cause) {
        try {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            return true;
        } catch (SQLException | RuntimeException | Error e) {
            if (e != cause) {
                cause.addSuppressed(e);
            }
            return false;
        }
    }
}
