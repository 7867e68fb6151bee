package dev.memfuse.postgres.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.postgres.program.ServerAccount;

/// One real PostgreSQL for all tests of a JVM, started by the first that asks and stopped at the end; each test class
/// gets a database of its own. Tests that use it carry `@Tag("db")`.
///
/// The server keeps all defaults of the product but `fsync`, which tests of other things need not wait for.
public final class TestServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServer() {}

    /// A fresh, empty database.
    public record TestDatabase(String jdbcUrl, String user, String password) {
        /// A new connection; the caller closes it.
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, user, password);
        }
    }

    /// Creates a database nobody else uses. The first call of a JVM starts the server.
    public static TestDatabase newDatabase() throws SQLException {
        EmbeddedServer server = Holder.SERVER;
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new TestDatabase(server.jdbcUrl(name), server.user(), server.password());
    }

    /// The folder below which tests may start servers of their own: below the build's folder, unless the server's
    /// account cannot enter that.
    static Path folder() {
        Path usual = Path.of("target", "test-server").toAbsolutePath();
        return ServerAccount.ofThisProcess().canEnter(usual)
                ? usual
                : Path.of(System.getProperty("java.io.tmpdir"), "memfuse-test-server");
    }

    private static final class Holder {
        static final EmbeddedServer SERVER = EmbeddedServer.start(
                ServerOptions.throwAway(folder()).withSettings(Map.of("fsync", "off")).withExitGrace(Duration.ZERO),
                progress -> {});
    }
}
