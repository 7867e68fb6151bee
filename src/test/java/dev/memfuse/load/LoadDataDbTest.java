package dev.memfuse.load;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.engine.LoadData.MarkedUser;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.load.report.Acknowledgements;
import dev.memfuse.load.run.EngineLoadService;
import dev.memfuse.load.run.Loads;
import dev.memfuse.progress.Progress;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What loads leave in a real database, and its removal.
@Tag("db")
class LoadDataDbTest {
    private static final String USERS = "SELECT count(*) FROM users";
    private static final Workload ADDS = Loads.closed(2, Loads.ADDS, Duration.ZERO, Duration.ofMillis(300));

    private static EngineLoadService service(EngineFixture fixture) {
        return new EngineLoadService(() -> Optional.of(fixture.engine()), fixture.tunables(), fixture.metrics(),
                Map::of);
    }

    private static void execute(EngineFixture fixture, String sql) throws SQLException {
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aLoadLeavesTheDatabaseAsItFoundIt() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("buffer.bypass_mode=false");
                EngineLoadService loads = service(fixture)) {
            SessionKey mine = fixture.newSession("load-u001");
            fixture.engine().addBatch(mine, messages("I live in Lisbon."));
            fixture.engine().flush();

            LoadResult first = Loads.result(loads.start(ADDS));
            LoadResult second = Loads.result(loads.start(ADDS));

            assertEquals(1, first.start().users());
            assertEquals(first.start().users(), second.start().users());
            assertEquals(first.start().messages(), second.start().messages());
            assertEquals(0, first.storage().unsaved(), "" + first.storage());
            assertTrue(first.storage().acknowledged() > 20, "" + first.storage());
            assertEquals(1, fixture.count(USERS));
            assertEquals(1, fixture.count("SELECT count(*) FROM messages"));
        }
    }

    @Test
    void theRemovalFindsTheUsersOfAKilledLoadAndTouchesNoOthers() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("load.keep_data=true")) {
            // A load that keeps its users leaves what a killed one leaves.
            try (EngineLoadService loads = service(fixture)) {
                Loads.result(loads.start(ADDS));
            }
            fixture.restart();
            MarkedUser marked = fixture.engine().loadData().users().getFirst();
            List<UserRecord> records = new ArrayList<>();
            fixture.engine().exportUser(marked.id(), records::add);
            User copy = fixture.engine().importUser("copy of " + marked.name(), records::stream);
            User similar = fixture.engine().createUser("load-abc-1-u001");
            assertEquals(6, fixture.count(USERS));
            assertEquals(4, fixture.engine().loadData().size().users());
            assertEquals(fixture.count("SELECT count(*) FROM messages m JOIN users u USING (user_id) "
                    + "WHERE u.load_run IS NOT NULL"), fixture.engine().loadData().size().messages());

            List<Progress> progress = new ArrayList<>();
            LoadDataRemoval.Outcome removed = new LoadDataRemoval(fixture.engine()).removeAll(progress::add,
                    () -> false);

            assertEquals(4, removed.users());
            assertEquals(0, removed.left());
            assertTrue(removed.messages() > 0, "" + removed);
            assertEquals(4, progress.getLast().done());
            assertEquals(2, fixture.count(USERS));
            assertTrue(fixture.engine().user(copy.name()).isPresent(), "a copy was not made by a load");
            assertTrue(fixture.engine().user(similar.name()).isPresent(), "a similar name is no mark");
            assertEquals(0, fixture.engine().loadData().size().users());
        }
    }

    @Test
    void storedMessagesAreCountedWithoutSome() throws Exception {
        try (EngineFixture fixture = EngineFixture.start()) {
            SessionKey session = fixture.newSession("load-1");
            List<UUID> ids = fixture.engine().addBatch(session, messages("One.", "Two.", "Three.")).messageIds();
            fixture.engine().flush();
            UUID user = session.userId();

            assertEquals(3, fixture.engine().loadData().storedMessages(user, List.of()));
            assertEquals(1, fixture.engine().loadData().storedMessages(user,
                    List.of(ids.get(0), ids.get(2), UUID.randomUUID())));
        }
    }

    @Test
    void aCancelledRemovalCanBeRepeated() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("load.keep_data=true");
                EngineLoadService loads = service(fixture)) {
            Loads.result(loads.start(ADDS));
            int[] asked = new int[1];

            LoadDataRemoval.Outcome cancelled = new LoadDataRemoval(fixture.engine()).removeAll(_ -> {},
                    () -> asked[0]++ > 0);

            assertEquals(1, cancelled.users());
            assertEquals(3, cancelled.left());
            assertEquals(3, new LoadDataRemoval(fixture.engine()).removeAll(_ -> {}, () -> false).users());
            assertEquals(0, fixture.count(USERS));
        }
    }

    /// As when the program ends.
    @Test
    void anInterruptEndsTheRemovalAndIsNoFailure() throws Exception {
        try (EngineFixture fixture = EngineFixture.start()) {
            List<UUID> made = List.of(fixture.engine().loadData().createUser("load-1", "run").id(),
                    fixture.engine().loadData().createUser("load-2", "run").id());

            Thread.currentThread().interrupt();
            LoadDataRemoval.Outcome interrupted = new LoadDataRemoval(fixture.engine()).remove(made, _ -> {},
                    () -> false);

            assertTrue(Thread.interrupted());
            assertEquals(new LoadDataRemoval.Outcome(0, 0, 2, 0, Optional.empty()), interrupted);
            assertEquals(2, fixture.engine().loadData().size().users());
        }
    }

    /// The engine tells no process apart: it knows the load by the database alone.
    @Test
    void theRemovalKeepsTheUsersOfARunningLoad() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(); EngineLoadService loads = service(fixture)) {
            fixture.engine().loadData().createUser("load-old", "old");
            LoadRun run = loads.start(Loads.closed(2, Loads.ADDS, Duration.ZERO, Duration.ofMinutes(5)));
            await("some adds", () -> run.progress().operations() > 20);

            LoadDataRemoval.Outcome removed = new LoadDataRemoval(fixture.engine()).removeAll(_ -> {}, () -> false);

            assertEquals(1, removed.users(), "" + removed);
            assertEquals(4, removed.running(), "" + removed);
            assertEquals("Removed 1 load user with 0 messages. 4 users of running loads are kept.",
                    removed.sentence());
            long seen = run.progress().operations();
            await("more adds", () -> run.progress().operations() > seen + 20);
            run.stop();
            assertEquals(0, Loads.result(run).errors());
            assertEquals(0, fixture.count(USERS));
            assertEquals(0, fixture.count("SELECT count(*) FROM load_runs"));
        }
    }

    @Test
    void onlyALeaseInForceKeepsTheUsersOfARun() throws Exception {
        try (EngineFixture fixture = EngineFixture.start()) {
            for (String run : List.of("ended", "expired", "ahead", "running")) {
                fixture.engine().loadData().createUser("load-" + run, run);
            }
            // A killed load leaves the second; the third shows that the server's clock was set back.
            execute(fixture, "INSERT INTO load_runs VALUES ('expired', now() - interval '1 second'), "
                    + "('ahead', now() + interval '1 hour'), ('running', now() + interval '1 minute')");
            assertEquals(Set.of("running"), fixture.engine().loadData().running());

            assertEquals(3, new LoadDataRemoval(fixture.engine()).removeAll(_ -> {}, () -> false).users());

            assertEquals(List.of("running"), fixture.engine().loadData().users().stream().map(MarkedUser::run)
                    .toList());
            fixture.engine().loadData().endRun("running");
            assertEquals(0, fixture.count("SELECT count(*) FROM load_runs"), "expired leases are removed too");
        }
    }

    @Test
    void messagesThatStayInTheJournalFailTheRun() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("buffer.bypass_mode=false",
                "buffer.performance.shutdown_timeout=1"); EngineLoadService loads = service(fixture)) {
            LoadRun run = loads.start(Loads.closed(2, Loads.ADDS, Duration.ZERO, Duration.ofSeconds(2)));
            await("some adds", () -> run.progress().operations() > 20);
            // The error of a server whose disk is full: no new message is stored, and all stay in the journal.
            execute(fixture, "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
                    + "$$BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END$$");
            execute(fixture, "CREATE TRIGGER full_disk BEFORE INSERT ON messages EXECUTE FUNCTION full_disk()");

            LoadResult result = Loads.result(run);
            execute(fixture, "DROP TRIGGER full_disk ON messages");

            assertEquals(Verdict.Outcome.FAILED, result.verdict().outcome(), "" + result.verdict());
            assertTrue(result.verdict().has(Verdict.Cause.UNSAVED_MESSAGES), "" + result.verdict());
            assertTrue(result.storage().unsaved() > 0, "" + result.storage());
            assertEquals(0, result.storage().refusedRounds());
            assertEquals(4, fixture.count(USERS), "the users are kept, with a mark");
            String acknowledged = Acknowledgements.of(result);
            assertFalse(acknowledged.contains("then stored"), acknowledged);
            assertTrue(acknowledged.contains("not stored in PostgreSQL"), acknowledged);
        }
    }

    @Test
    void theSettingIsReadAtTheEndOfTheRun() throws Exception {
        try (EngineFixture fixture = EngineFixture.start(); EngineLoadService loads = service(fixture)) {
            LoadRun run = loads.start(ADDS);
            fixture.tunables().apply("test", config -> ConfigValues.with(config, "load.keep_data", true));

            Loads.result(run);

            assertEquals(4, fixture.count("SELECT count(*) FROM users WHERE load_run IS NOT NULL"));
        }
    }
}
