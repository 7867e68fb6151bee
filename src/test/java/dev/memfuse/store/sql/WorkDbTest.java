package dev.memfuse.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.Work;
import dev.memfuse.metrics.WorkCounts;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The engine's own counts of its work, against the log of the driver's protocol.
@Tag("db")
class WorkDbTest {
    private static final String[] NO_BACKGROUND = {"buffer.bypass_mode=true", "layers.m1.enabled=false",
            "layers.m2.enabled=false", "buffer.query.cache_size=0", "postgres.pool_size=1", "postgres.max_overflow=1"};

    private static List<NewMessage> batch(int size) {
        return IntStream.range(0, size).mapToObj(i -> NewMessage.of(Role.USER, "message " + i)).toList();
    }

    /// The counts of some work, and the statements that the driver sent meanwhile.
    private record Counted(WorkCounts work, int sent) {
        /// Returns the smallest counts of some repetitions: indexes are prepared and connections opened in the
        /// background.
        static Counted of(EngineFixture fixture, Runnable work) {
            return IntStream.range(0, 10).mapToObj(_ -> once(fixture, work))
                    .min(Comparator.comparingLong(Counted::statements)
                            .thenComparingLong(counted -> counted.work().of(Work.ROUND_TRIPS)))
                    .orElseThrow();
        }

        static Counted once(EngineFixture fixture, Runnable work) {
            WorkCounts before = fixture.metrics().work().counts();
            int sent = ProtocolLog.statementsDuring(work);
            return new Counted(fixture.metrics().work().counts().since(before), sent);
        }

        long statements() {
            return work.of(Work.STATEMENTS);
        }
    }

    /// `BEGIN` and `COMMIT` are no statements of the engine.
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsTheStatementsThatTheDriverSends(boolean consolidated) throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(NO_BACKGROUND)) {
            fixture.set("queries.consolidated=" + consolidated);
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, batch(1));
            List<NewMessage> ten = batch(10);
            fixture.engine().addBatch(session, ten);
            List<UUID> ids = ten.subList(0, 3).stream().map(NewMessage::id).toList();

            Counted add = Counted.of(fixture, () -> fixture.engine().addBatch(session, batch(10)));
            Counted list = Counted.of(fixture, () -> fixture.engine().messages(session, 100, Order.OLDEST_FIRST));
            Counted read = Counted.of(fixture, () -> fixture.engine().read(session.userId(), ids));

            assertEquals(consolidated ? add.sent() : add.sent() - 2, add.statements());
            assertEquals(list.sent(), list.statements());
            assertEquals(read.sent(), read.statements());
            assertTrue(list.work().of(Work.ROWS) >= 11, list.toString());
            assertTrue(read.work().of(Work.ROWS) >= 3, read.toString());
        }
    }

    @Test
    void everyStatementOfTheStoreIsCounted() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(NO_BACKGROUND)) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, batch(20));

            Counted export = Counted.of(fixture,
                    () -> fixture.engine().exportUser(session.userId(), _ -> {}));

            // BEGIN and COMMIT.
            assertEquals(export.sent() - 2, export.statements());
            assertTrue(export.work().of(Work.ROWS) >= 20, export.toString());
        }
    }

    @Test
    void countsRoundTripsAndBytesOfTheNetwork() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(NO_BACKGROUND)) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, batch(1));

            Counted add = Counted.of(fixture, () -> fixture.engine().addBatch(session,
                    List.of(NewMessage.of(Role.USER, "x".repeat(50_000)))));
            fixture.set("queries.consolidated=false");
            Counted separate = Counted.of(fixture, () -> fixture.engine().addBatch(session, batch(10)));

            assertTrue(add.work().of(Work.DATABASE_BYTES) >= 50_000, add.toString());
            assertTrue(add.work().of(Work.DATABASE_BYTES) < 60_000, add.toString());
            assertEquals(1, add.work().of(Work.ROUND_TRIPS), add.toString());
            assertTrue(separate.work().of(Work.ROUND_TRIPS) > 4, separate.toString());
            assertTrue(separate.work().of(Work.ROUND_TRIPS) <= separate.sent(), separate.toString());
        }
    }

    @Test
    void theLegacyManagerPaysItsHealthChecks() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(NO_BACKGROUND)) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, batch(1));
            Counted once = Counted.of(fixture, () -> fixture.engine().messages(session, 10, Order.OLDEST_FIRST));

            fixture.set("postgres.manager=legacy");
            Counted checked = Counted.of(fixture, () -> fixture.engine().messages(session, 10, Order.OLDEST_FIRST));

            assertEquals(once.statements() + 1, checked.statements());
            assertEquals(once.work().of(Work.ROUND_TRIPS) + 1, checked.work().of(Work.ROUND_TRIPS));
        }
    }

    @Test
    void countsEmbeddedTextsAndCallsOfTheModel() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start("buffer.bypass_mode=true", "layers.m2.enabled=false")) {
            SessionKey session = fixture.newSession("alice");
            Counted add = Counted.of(fixture, () -> {
                fixture.engine().addBatch(session, batch(3));
                fixture.engine().flush();
                fixture.engine().query(session.userId(), QueryRequest.of("message", 3));
            });

            long calls = add.work().of(Work.EMBEDDING_CALLS);
            long texts = add.work().of(Work.EMBEDDED_TEXTS);
            assertTrue(calls >= 1 && texts >= calls, add.toString());
        }
    }
}
