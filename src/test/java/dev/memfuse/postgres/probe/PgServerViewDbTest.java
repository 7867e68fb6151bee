package dev.memfuse.postgres.probe;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.host.ServerView;
import dev.memfuse.engine.host.ServerView.Counter;
import dev.memfuse.engine.host.ServerView.Counters;
import dev.memfuse.engine.host.ServerView.LockWait;
import dev.memfuse.engine.host.ServerView.Need;
import dev.memfuse.engine.host.ServerView.Session;
import dev.memfuse.engine.host.ServerView.Setting;
import dev.memfuse.engine.host.ServerView.TableSize;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.pool.DatabaseTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Sessions, locks, statements and tables of a real server, and the signals to sessions.
@Tag("db")
class PgServerViewDbTest {
    private EngineFixture fixture;
    private ServerView view;

    @BeforeEach
    void start() throws Exception {
        fixture = EngineFixture.start();
        view = new PgServerView(() -> Optional.of(fixture.database().target()));
        fixture.newSession("alice");
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /// Runs a statement on another thread; completes with its failure, or with an empty text.
    private static CompletableFuture<String> run(Connection connection, String sql) {
        return CompletableFuture.supplyAsync(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
                return "";
            } catch (SQLException e) {
                return String.valueOf(e.getSQLState());
            }
        }, Thread::startVirtualThread);
    }

    @Test
    void theSettingsHaveTheirUnitSourceRangeAndWhatAChangeNeeds() {
        Map<String, Setting> settings = view.settings().stream()
                .collect(Collectors.toMap(Setting::name, Function.identity()));

        Setting buffers = Objects.requireNonNull(settings.get("shared_buffers"));
        assertEquals(
                List.of("128MB", "8kB", "Resource Usage / Memory", "16 to 1073741823 x 8 kB", "configuration file"),
                List.of(buffers.value(), buffers.unit(), buffers.group(), buffers.range(), buffers.source()));
        assertEquals(Need.RESTART, buffers.change());
        assertFalse(buffers.pending());
        Setting commit = Objects.requireNonNull(settings.get("synchronous_commit"));
        assertEquals(List.of("on", "local, remote_write, remote_apply, on, off"),
                List.of(commit.value(), commit.range()));
        assertEquals(Need.RELOAD, commit.change());
        assertEquals(Need.FIXED, Objects.requireNonNull(settings.get("block_size")).change());
        assertEquals(Need.CONNECTION, Objects.requireNonNull(settings.get("log_connections")).change());
    }

    @Test
    void sessionsOfOtherRolesAreSeenByARoleThatMayNotReadTheirStatements() throws Exception {
        var target = fixture.database().target();
        var plain = new PgServerView(() -> Optional.of(new DatabaseTarget(target.url(), "plain", "plain")));
        try (Connection other = fixture.connect()) {
            assertEquals("", run(other, "CREATE ROLE plain LOGIN PASSWORD 'plain'").get());
            try {
                int pid = pid(other);
                Session seen = plain.sessions().stream().filter(one -> one.pid() == pid).findFirst().orElseThrow();

                assertEquals(List.of(target.user(), "not visible"), List.of(seen.user(), seen.state()));
                assertEquals("State and statement of other roles need a right: GRANT pg_read_all_stats TO plain",
                        seen.statement());
                assertThrows(EngineException.class, () -> plain.terminate(pid));
            } finally {
                assertEquals("", run(other, "DROP ROLE plain").get());
            }
        }
    }

    @Test
    void waitsOfOtherRolesHaveTheirAgeAndNameTheRightThatShowsTheirStatements() throws Exception {
        var target = fixture.database().target();
        var plain = new PgServerView(() -> Optional.of(new DatabaseTarget(target.url(), "watcher", "watcher")));
        try (Connection holder = fixture.connect(); Connection waiter = fixture.connect()) {
            assertEquals("", run(holder, "CREATE ROLE watcher LOGIN PASSWORD 'watcher'").get());
            int holds = pid(holder);
            holder.setAutoCommit(false);
            assertEquals("", run(holder, "UPDATE users SET name = name").get());
            CompletableFuture<String> blocked = run(waiter, "UPDATE users SET name = name");
            try {
                await("a wait of some age", () -> plain.lockWaits().stream().anyMatch(one -> one.seconds() > 0.2));

                LockWait lock = plain.lockWaits().getFirst();
                assertEquals(List.of(holds), lock.blockedBy());
                String right = "GRANT pg_read_all_stats TO watcher";
                assertTrue(lock.statement().endsWith(right), lock.statement());
                assertTrue(lock.holderStatement().endsWith(right), lock.holderStatement());
            } finally {
                holder.rollback();
                holder.setAutoCommit(true);
                blocked.get();
                assertEquals("", run(holder, "DROP ROLE watcher").get());
            }
        }
    }

    @Test
    void whoBlocksWhomIsSeenAndCanBeEnded() throws Exception {
        try (Connection holder = fixture.connect(); Connection waiter = fixture.connect()) {
            int holds = pid(holder);
            int waits = pid(waiter);
            holder.setAutoCommit(false);
            assertEquals("", run(holder, "UPDATE users SET name = name").get());
            CompletableFuture<String> blocked = run(waiter, "UPDATE users SET name = name");
            await("a session that waits", () -> view.sessions().stream().anyMatch(one -> one.pid() == waits
                    && one.blockedBy().equals(List.of(holds))));

            Session first = view.sessions().getFirst();
            assertEquals(waits, first.pid());
            assertTrue(first.waitEvent().startsWith("Lock: "), first.waitEvent());
            LockWait lock = view.lockWaits().getFirst();
            assertEquals(List.of(holds), lock.blockedBy());
            assertEquals("UPDATE users SET name = name", lock.holderStatement());
            assertTrue(view.cancel(waits));
            assertEquals("57014", blocked.get(), "canceled by a person");
            CompletableFuture<String> again = run(waiter, "UPDATE users SET name = name");
            assertTrue(view.terminate(holds));

            assertEquals("", again.get(), "the lock is free after the end of its holder");
            assertEquals(List.of(), view.lockWaits());
            assertFalse(view.cancel(holds));
        }
    }

    @Test
    void statementsAreCountedOnceThePersonAsksForIt() {
        ServerView.Statements before = view.statements();
        assertTrue(before.countable(), before.problem());
        assertEquals(List.of(), before.all());

        view.countStatements();
        view.countStatements();
        fixture.engine().user("alice");
        fixture.newSession("bob");

        List<ServerView.StatementCount> all = view.statements().all();
        ServerView.StatementCount insert = all.stream().filter(one -> one.text().startsWith("INSERT INTO users"))
                .findFirst().orElseThrow();
        assertTrue(insert.calls() >= 1 && insert.totalMillis() > 0, insert.toString());
    }

    @Test
    void tablesHaveTheirSizes() {
        TableSize messages = view.tables().stream().filter(one -> one.name().equals("messages")).findFirst()
                .orElseThrow();

        assertTrue(messages.indexBytes() > 0, messages.toString());
        assertTrue(view.tables().size() > 10);
    }

    @Test
    void countersGrowWithTheWorkOfTheServer() throws Exception {
        Counters before = view.counters();
        assertEquals("", before.problem());
        assertEquals(EnumSet.allOf(Counter.class), before.values().keySet());
        try (Connection worker = fixture.connect()) {
            assertEquals("", run(worker, "CREATE TABLE moved AS SELECT generate_series(1, 5000) AS n").get());
            assertEquals("", run(worker, "DROP TABLE moved").get());
            assertEquals("", run(worker, "CHECKPOINT").get());
        }

        await("commits, written blocks and a checkpoint", () -> grew(before, Counter.COMMITS)
                && grew(before, Counter.BLOCKS_WRITTEN) && grew(before, Counter.CHECKPOINTS_REQUESTED));
        assertTrue(grew(before, Counter.WAL_BYTES));
        assertTrue(grew(before, Counter.BLOCKS_HIT));
    }

    private boolean grew(Counters before, Counter counter) {
        return value(view.counters(), counter) > value(before, counter);
    }

    private static long value(Counters counters, Counter counter) {
        return Objects.requireNonNull(counters.values().get(counter));
    }

    @Test
    void aRoleThatMayNotReadACounterHasASentenceAndTheOtherOnes() throws Exception {
        var target = fixture.database().target();
        var plain = new PgServerView(() -> Optional.of(new DatabaseTarget(target.url(), "counting", "counting")));
        try (Connection other = fixture.connect()) {
            assertEquals("", run(other, "CREATE ROLE counting LOGIN PASSWORD 'counting'").get());
            try {
                assertEquals(EnumSet.allOf(Counter.class), plain.counters().values().keySet());
                String right = "EXECUTE ON FUNCTION pg_current_wal_insert_lsn()";
                assertEquals("", run(other, "REVOKE " + right + " FROM PUBLIC").get());
                try {
                    Counters left = plain.counters();

                    assertEquals(EnumSet.complementOf(EnumSet.of(Counter.WAL_BYTES)), left.values().keySet());
                    assertEquals("Write-ahead log cannot be read: permission denied for function "
                            + "pg_current_wal_insert_lsn.", left.problem());
                } finally {
                    assertEquals("", run(other, "GRANT " + right + " TO PUBLIC").get());
                }
            } finally {
                assertEquals("", run(other, "DROP ROLE counting").get());
            }
        }
    }

    @Test
    void withoutADatabaseASentenceSaysSo() {
        ServerView none = new PgServerView(Optional::empty);

        assertEquals("No database is in use: wait for the end of the start.",
                assertThrows(EngineException.class, none::sessions).getMessage());
    }
}
