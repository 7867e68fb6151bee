package dev.memfuse.store.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.memfuse.postgres.embedded.TestServer.TestDatabase;

/// A PostgreSQL server with pgvector, run by Node.js, with one empty database in memory. Tests that use it have the tag
/// `pgvector`.
///
/// All connections share one session of the server, so statements are not prepared by name.
public final class PgvectorServer implements AutoCloseable {
    private static final Path FOLDER = Path.of("src", "test", "pgvector");
    private static final String PORT = "port ";

    private final Process process;
    private final TestDatabase database;

    private PgvectorServer(Process process, int port) {
        this.process = process;
        database = new TestDatabase("jdbc:postgresql://127.0.0.1:" + port + "/postgres?prepareThreshold=0", "postgres",
                "postgres");
    }

    /// Starts a server.
    public static PgvectorServer start() throws IOException {
        if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
            throw new IllegalStateException("Run first: npm ci --prefix " + FOLDER);
        }
        Process process = new ProcessBuilder("node", "server.mjs").directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return new PgvectorServer(process, port(process));
    }

    /// The server prints its port as soon as it accepts connections.
    private static int port(Process process) throws IOException {
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        if (line == null || !line.startsWith(PORT)) {
            process.destroy();
            throw new IOException("the server with pgvector did not start: " + line);
        }
        return Integer.parseInt(line.substring(PORT.length()));
    }

    /// Returns its database.
    public TestDatabase database() {
        return database;
    }

    /// Stops the server: it ends when its input is closed.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
