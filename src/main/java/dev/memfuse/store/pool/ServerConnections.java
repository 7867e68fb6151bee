package dev.memfuse.store.pool;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.logging.Logger;

import javax.sql.DataSource;

import dev.memfuse.config.section.PostgresConfig;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// Opens connections to one server with the current settings, so that changes of timeouts and keepalives apply to all
/// later connections of a running pool. Thread-safe.
final class ServerConnections implements DataSource {
    private final DatabaseTarget target;
    private final Supplier<PostgresConfig> settings;

    ServerConnections(DatabaseTarget target, Supplier<PostgresConfig> settings) {
        this.target = target;
        this.settings = settings;
    }

    @Override
    public Connection getConnection() throws SQLException {
        PostgresConfig now = settings.get();
        PGSimpleDataSource source = target.connections("memfuse-console");
        source.setConnectTimeout(seconds(now.connectionTimeout()));
        source.setLoginTimeout(seconds(now.connectionTimeout()));
        source.setTcpKeepAlive(true);
        Connection connection = source.getConnection();
        try (Statement statement = connection.createStatement()) {
            // Numbers in full, the default of PostgreSQL, which a role or database may have changed: the driver reads
            // vectors as text. The server probes the client, so that the backend of a lost client ends within minutes
            // rather than hours.
            statement.execute("SET extra_float_digits = 1; SET tcp_keepalives_idle = "
                    + seconds(now.keepalivesIdle()));
        } catch (Throwable e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    private static int seconds(Duration duration) {
        return (int) Math.max(1, duration.toSeconds());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the target has its credentials");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return seconds(settings.get().connectionTimeout());
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
