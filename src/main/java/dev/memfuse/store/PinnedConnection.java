package dev.memfuse.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import dev.memfuse.store.pool.BasicDataSource;
import org.jspecify.annotations.Nullable;

/// A source whose connections all share one session of the server, behind a pooler that pools transactions: one
/// transaction lasts from the opening to [#commit], so that the pooler cannot change the session between two statements
/// (ADR 0027). Programs that do the same at the same time run one after the other. Not thread-safe.
final class PinnedConnection extends BasicDataSource implements AutoCloseable {
    /// Lock of the programs that migrate. Any number that nobody else uses.
    private static final long LOCK = 0x6d656d66757365L;

    private final Connection connection;

    /// Begins the transaction; waits for other programs.
    PinnedConnection(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
        }
    }

    /// Commits everything, after the settings of the session are as they were.
    void commit() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("RESET ALL");
        }
        connection.commit();
    }

    @Override
    public Connection getConnection() {
        return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(), new Class<?>[]{Connection.class},
                new Shared(connection));
    }

    /// A connection that neither ends the transaction nor closes the physical connection.
    private static final class Shared implements InvocationHandler {
        private final Connection connection;
        private boolean autoCommit = true;
        private boolean closed;

        Shared(Connection connection) {
            this.connection = connection;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            switch (method.getName()) {
                case "commit" -> {
                    return null;
                }
                case "close" -> {
                    closed = true;
                    return null;
                }
                case "isClosed" -> {
                    return closed;
                }
                case "getAutoCommit" -> {
                    return autoCommit;
                }
                case "setAutoCommit" -> {
                    autoCommit = arguments != null && (boolean) arguments[0];
                    return null;
                }
                default -> {
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }
            }
        }
    }

    /// Rolls back unless everything was committed, and closes the connection.
    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
        }
    }
}
