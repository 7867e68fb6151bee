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

/// One PostgreSQL server for all tests of a JVM, started at first use and stopped at the end; each test class uses its
/// own database. Tests that use it have the tag `db`.
///
/// The server has the default settings of the program, except `fsync`, which would slow the tests down.
public final class TestServer {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestServer() {}

    /// A new, empty database.
    public record TestDatabase(String jdbcUrl, String user, String password) {
        /// Opens a connection, which the caller closes.
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, user, password);
        }
    }

    /// Creates a database. The first call in a JVM starts the server.
    public static TestDatabase newDatabase() throws SQLException {
        EmbeddedServer server = Holder.SERVER;
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return new TestDatabase(server.jdbcUrl(name), server.user(), server.password());
    }

    /// Returns the folder for the servers of tests: inside the build folder, unless the server's account cannot enter
    /// it.
    static Path folder() {
        Path standard = Path.of("target", "test-server").toAbsolutePath();
        return ServerAccount.ofThisProcess().canEnter(standard)
                ? standard
                : Path.of(System.getProperty("java.io.tmpdir"), "memfuse-test-server");
    }

    private static final class Holder {
        static final EmbeddedServer SERVER = EmbeddedServer.start(
                ServerOptions.temporary(folder()).withSettings(Map.of("fsync", "off")).withExitGrace(Duration.ZERO),
                progress -> {});
    }
}
