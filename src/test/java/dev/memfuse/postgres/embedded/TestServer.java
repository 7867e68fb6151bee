package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.memfuse.file.FilePermissions;
import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.TestFolders;
import dev.memfuse.store.pool.DatabaseTarget;

/// One PostgreSQL server for all tests of a JVM, started at first use; [TestServerStop] stops it after the last test.
/// Each caller uses its own database. Tests that use it have the tag `db`.
///
/// The server has the default settings of the program, except `fsync`, which would slow the tests down.
public final class TestServer {
    static final String PROGRAMS = "programs";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static volatile boolean started;

    private TestServer() {}

    /// A database of one test.
    public record TestDatabase(String jdbcUrl, String user, String password) {
        /// Opens a connection, which the caller closes.
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, user, password);
        }
    }

    /// Creates an empty database. The first call in a JVM starts the server.
    public static TestDatabase newDatabase() throws SQLException {
        return create("");
    }

    /// Creates a database with the schema of this version and no users: a copy, which is several times faster than the
    /// migrations. It has an identity of its own.
    public static TestDatabase newDatabaseWithSchema() throws SQLException {
        return copy(Template.NAME);
    }

    /// Creates a copy of a database, to which no connection may be open. It has an identity of its own.
    public static TestDatabase copyOf(TestDatabase original) throws SQLException {
        return copy(nameOf(original));
    }

    private static TestDatabase copy(String original) throws SQLException {
        TestDatabase copy = create(" TEMPLATE \"" + original.replace("\"", "\"\"") + '"');
        execute(copy.jdbcUrl(), "UPDATE store_identity SET id = gen_random_uuid()");
        return copy;
    }

    /// Creates an empty database.
    ///
    /// @param name its name, of which every character is permitted
    /// @param options clauses of `CREATE DATABASE`
    public static TestDatabase newDatabase(String name, String options) throws SQLException {
        execute(Holder.SERVER.jdbcUrl(),
                "CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\" " + options);
        return named(name);
    }

    private static TestDatabase create(String template) throws SQLException {
        String name = "test_" + DATABASES.incrementAndGet();
        execute(Holder.SERVER.jdbcUrl(), "CREATE DATABASE " + name + template);
        return named(name);
    }

    /// Drops a database and ends its connections. Otherwise the server's folder grows by 8 MB and 300 files with each
    /// test, and its deletion holds the exit of the JVM for longer than Surefire allows.
    public static void drop(TestDatabase database) throws SQLException {
        execute(Holder.SERVER.jdbcUrl(),
                "DROP DATABASE \"" + nameOf(database).replace("\"", "\"\"") + "\" WITH (FORCE)");
    }

    private static String nameOf(TestDatabase database) {
        return URLDecoder.decode(database.jdbcUrl().substring(database.jdbcUrl().lastIndexOf('/') + 1),
                StandardCharsets.UTF_8);
    }

    /// Returns the address of a database.
    public static TestDatabase named(String name) {
        return new TestDatabase(Holder.SERVER.jdbcUrl(URLEncoder.encode(name, StandardCharsets.UTF_8)),
                Holder.SERVER.user(), Holder.SERVER.password());
    }

    private static void execute(String jdbcUrl, String sql) throws SQLException {
        EmbeddedServer server = Holder.SERVER;
        try (Connection connection = DriverManager.getConnection(jdbcUrl, server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Stops the server, if it was started.
    static void stop() {
        if (started) {
            Holder.SERVER.close();
        }
    }

    /// Returns the folder for the servers of tests: in memory, or inside the build folder, unless the server's account
    /// cannot enter it. The unpacked programs are in the build folder.
    public static Path folder() {
        return Folder.PATH;
    }

    /// Makes the password of a server a cheap one to check: the driver computes 4,096 digests for each connection
    /// otherwise, a tenth of the processor time of a test of the engine.
    static void simplifyPassword(EmbeddedServer server) {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            // The statement must not be remembered: the password may be in no file but its own.
            statement.execute("SET pg_stat_statements.track = 'none'");
            statement.execute("SET scram_iterations = 1");
            statement.execute(
                    String.format(Locale.ROOT, "ALTER ROLE %s PASSWORD '%s'", server.user(), server.password()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Folder {
        static final Path PATH = find();

        private static Path find() {
            Path standard = Path.of("target", "test-server").toAbsolutePath();
            Path onDisk = ServerAccount.ofThisProcess().canEnter(standard)
                    ? standard
                    : Path.of(System.getProperty("java.io.tmpdir"), "memfuse-test-server");
            return TestFolders.inMemory().map(memory -> linkPrograms(memory, onDisk)).orElse(onDisk);
        }

        private static Path linkPrograms(Path memory, Path onDisk) {
            try {
                FilePermissions.createReadableFolder(onDisk.resolve(PROGRAMS));
                if (!Files.isSymbolicLink(memory.resolve(PROGRAMS))) {
                    Files.createSymbolicLink(memory.resolve(PROGRAMS), onDisk.resolve(PROGRAMS));
                }
            } catch (FileAlreadyExistsException e) {
                // Another JVM made the same link.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return memory;
        }
    }

    private static final class Holder {
        static final EmbeddedServer SERVER = start();

        private static EmbeddedServer start() {
            EmbeddedServer server = EmbeddedServer.start(
                    ServerOptions.temporary(folder()).withSettings(Map.of("fsync", "off")).withExitGrace(Duration.ZERO),
                    progress -> {});
            started = true;
            simplifyPassword(server);
            return server;
        }
    }

    /// The database that [#newDatabaseWithSchema] copies.
    private static final class Template {
        static final String NAME = make();

        private static String make() {
            try {
                execute(Holder.SERVER.jdbcUrl(), "CREATE DATABASE template_with_schema");
                TestDatabase template = named("template_with_schema");
                Migrations.apply(new DatabaseTarget(template.jdbcUrl(), template.user(), template.password()));
                return "template_with_schema";
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
