package dev.memfuse.postgres.embedded;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.memfuse.postgres.embedded.TestServer.TestDatabase;

/// A server of its own behind a [TcpProxy], which a test makes fail and return.
public final class TestOutage implements AutoCloseable {
    private final TestFolder folder;
    private final EmbeddedServer server;
    private final TcpProxy proxy;

    /// Ways in which a database goes away.
    public enum Kind {
        /// All processes end at once; connects are refused.
        KILLED,
        /// The processes are suspended: the operating system accepts connections, and nothing answers.
        STOPPED,
        /// The network drops everything.
        BLACK_HOLE
    }

    private TestOutage(TestFolder folder) throws IOException {
        this.folder = folder;
        server = folder.start();
        proxy = new TcpProxy(server.port());
    }

    /// Starts a server with a database that has the schema and no users.
    public static TestOutage start() throws IOException {
        return new TestOutage(TestFolder.withCluster());
    }

    /// Returns the database behind the proxy.
    public TestDatabase database() {
        return new TestDatabase(
                server.jdbcUrl().replace(":" + server.port() + "/", ":" + proxy.port() + "/"), server.user(),
                server.password());
    }

    /// Returns the database without the proxy.
    public TestDatabase direct() {
        return new TestDatabase(server.jdbcUrl(), server.user(), server.password());
    }

    public TcpProxy proxy() {
        return proxy;
    }

    /// Makes the database go away.
    public void begin(Kind kind) throws IOException, InterruptedException {
        switch (kind) {
            case KILLED -> signal("KILL");
            case STOPPED -> signal("STOP");
            case BLACK_HOLE -> proxy.hole(true);
        }
    }

    /// Brings the database back; blocks until it is there.
    public void end(Kind kind) throws IOException, InterruptedException {
        switch (kind) {
            case KILLED -> {
                while (!server.restartIfDead()) {
                    Thread.onSpinWait();
                }
            }
            case STOPPED -> signal("CONT");
            case BLACK_HOLE -> proxy.hole(false);
        }
    }

    /// Sends a signal to the server and to all its processes.
    private void signal(String name) throws IOException, InterruptedException {
        long postmaster = PostmasterPid.read(folder.cluster()).orElseThrow().pid();
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        Stream.concat(Stream.of(ProcessHandle.of(postmaster).orElseThrow()),
                ProcessHandle.of(postmaster).orElseThrow().descendants())
                .forEach(process -> command.add(Long.toString(process.pid())));
        Process kill = new ProcessBuilder(command).inheritIO().start();
        assertTrue(kill.waitFor(10, TimeUnit.SECONDS));
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
        folder.close();
    }
}
