package dev.memfuse.store.pooler;

import static dev.memfuse.store.EngineFixture.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.store.TestFolders;

/// A PgBouncer that pools transactions in front of a database. Tests that use it have the tag `pgbouncer`.
final class TestPooler implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
    private static final String UNPRIVILEGED = "nobody";

    private final Process process;
    private final Path folder;
    private final TestDatabase database;

    private TestPooler(Process process, Path folder, TestDatabase database) {
        this.process = process;
        this.folder = folder;
        this.database = database;
    }

    /// Starts PgBouncer with a number of connections to the server.
    ///
    /// @param settings further lines of its configuration
    static TestPooler start(TestDatabase server, int connections, String... settings) throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("Run first: apt-get install pgbouncer");
        }
        int port = freePort();
        String location = server.jdbcUrl().replaceFirst(".*//", "");
        String name = location.substring(location.indexOf('/') + 1);
        int serverPort = Integer.parseInt(location.substring(location.indexOf(':') + 1, location.indexOf('/')));
        Path folder = TestFolders.create();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path users = folder.resolve("users.txt");
        Files.writeString(users, String.format(Locale.ROOT, "\"%s\" \"%s\"%n", server.user(), server.password()));
        Path configuration = folder.resolve("pgbouncer.ini");
        Files.writeString(configuration, String.format(Locale.ROOT, """
                                                                    [databases]
                                                                    %s = host=127.0.0.1 port=%d
                                                                    [pgbouncer]
                                                                    listen_addr = 127.0.0.1
                                                                    listen_port = %d
                                                                    unix_socket_dir =
                                                                    auth_type = md5
                                                                    auth_file = %s
                                                                    pool_mode = transaction
                                                                    default_pool_size = %d
                                                                    max_client_conn = 200
                                                                    %s
                                                                    """, name, serverPort, port, users, connections,
                String.join("\n", settings)));
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        if (System.getProperty("user.name").equals("root")) {
            // It refuses to run as root.
            command.addAll(List.of("-u", UNPRIVILEGED));
        }
        command.add(configuration.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("log.txt").toFile()).start();
        TestPooler pooler = new TestPooler(process, folder, new TestDatabase(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + name, server.user(), server.password()));
        await("PgBouncer accepts connections", () -> accepts(port));
        return pooler;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /// Returns the database behind the pooler.
    TestDatabase database() {
        return database;
    }

    @Override
    public void close() throws IOException {
        // Nothing is lost with it, so it needs no orderly end.
        process.destroyForcibly().onExit().join();
        TestFolders.remove(folder);
    }
}
