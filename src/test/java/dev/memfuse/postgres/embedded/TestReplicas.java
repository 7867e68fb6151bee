package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.store.EngineFixture;

/// A primary server and a standby that follows it by streaming replication. The standby starts from a copy of the same
/// stopped cluster, so that no program for base backups is needed.
public final class TestReplicas implements AutoCloseable {
    private final TestFolder firstFolder;
    private final TestFolder secondFolder;
    private final EmbeddedServer first;
    private final EmbeddedServer second;

    private TestReplicas(TestFolder firstFolder, TestFolder secondFolder) throws IOException {
        this.firstFolder = firstFolder;
        this.secondFolder = secondFolder;
        first = firstFolder.start();
        follow(secondFolder.cluster(), first);
        second = secondFolder.start();
    }

    /// Starts both servers.
    public static TestReplicas start() throws IOException {
        return new TestReplicas(TestFolder.withCluster(), TestFolder.withCluster());
    }

    private static void follow(Path cluster, EmbeddedServer primary) throws IOException {
        Path signal = cluster.resolve("standby.signal");
        Files.createFile(signal);
        ServerAccount.ofThisProcess().handOver(signal);
        Files.writeString(cluster.resolve("postgresql.auto.conf"),
                String.format(Locale.ROOT, "%nprimary_conninfo = 'host=127.0.0.1 port=%d user=%s password=%s'%n",
                        primary.port(), primary.user(), primary.password()),
                StandardOpenOption.APPEND);
    }

    public int firstPort() {
        return first.port();
    }

    public int secondPort() {
        return second.port();
    }

    /// Returns the database at an address of hosts and ports.
    public TestDatabase at(String hosts) {
        return new TestDatabase(first.jdbcUrl().replace("127.0.0.1:" + first.port(), hosts), first.user(),
                first.password());
    }

    /// Returns the database of the second server.
    public TestDatabase second() {
        return new TestDatabase(second.jdbcUrl(), second.user(), second.password());
    }

    /// Makes the first server read-only, waits until the standby has everything, and makes that the primary.
    public void switchOver() throws SQLException {
        execute(first, "ALTER SYSTEM SET default_transaction_read_only = on");
        execute(first, "SELECT pg_reload_conf()");
        EngineFixture.await("the first server is read-only",
                () -> text(first, "SHOW transaction_read_only").equals("on"));
        String end = text(first, "SELECT pg_current_wal_lsn()");
        EngineFixture.await("the standby has everything",
                () -> text(second, "SELECT pg_last_wal_replay_lsn() >= '" + end + "'::pg_lsn").equals("t"));
        promote();
    }

    /// Waits until the standby has everything, and lets it receive nothing more.
    public void stopReplication() throws SQLException {
        String end = text(first, "SELECT pg_current_wal_lsn()");
        EngineFixture.await("the standby has everything",
                () -> text(second, "SELECT pg_last_wal_replay_lsn() >= '" + end + "'::pg_lsn").equals("t"));
        execute(second, "ALTER SYSTEM SET primary_conninfo = ''");
        execute(second, "SELECT pg_reload_conf()");
        EngineFixture.await("the standby receives nothing",
                () -> text(second, "SELECT count(*) FROM pg_stat_wal_receiver").equals("0"));
    }

    /// Kills the first server and makes the standby the primary.
    public void killFirst() throws SQLException, IOException {
        PostmasterPid.read(firstFolder.cluster()).orElseThrow().kill();
        promote();
    }

    /// Lets the standby receive the log and replay nothing of it.
    public void pauseReplay() throws SQLException {
        execute(second, "SELECT pg_wal_replay_pause()");
        EngineFixture.await("the standby replays nothing",
                () -> text(second, "SELECT pg_get_wal_replay_pause_state()").equals("paused"));
    }

    /// Ends [#pauseReplay].
    public void resumeReplay() throws SQLException {
        execute(second, "SELECT pg_wal_replay_resume()");
    }

    /// Kills the standby.
    public void killSecond() throws IOException {
        PostmasterPid.read(secondFolder.cluster()).orElseThrow().kill();
    }

    /// Makes the standby a primary beside the first server, which goes on.
    public void promoteSecond() throws SQLException {
        promote();
    }

    private void promote() throws SQLException {
        execute(second, "SELECT pg_promote(true, 60)");
    }

    private static void execute(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(EmbeddedServer server, String sql) {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        second.close();
        first.close();
        secondFolder.close();
        firstFolder.close();
    }
}
