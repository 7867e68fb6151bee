package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.memfuse.metrics.Work;
import dev.memfuse.postgres.embedded.TestReplicas;
import dev.memfuse.postgres.embedded.TestServer.TestDatabase;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.TestFolders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Reads from a standby that follows the primary server by streaming replication.
@Tag("db")
class ReadReplicaDbTest {
    private TestReplicas servers;
    private TestDatabase both;
    private EngineFixture fixture;
    private SessionKey session;

    @BeforeEach
    void start() throws IOException {
        servers = TestReplicas.start();
        both = servers.at("127.0.0.1:" + servers.firstPort() + ",127.0.0.1:" + servers.secondPort());
        fixture = EngineFixture.on(both, TestFolders.create(), "postgres.url=" + both.jdbcUrl(),
                "postgres.read_from=replica");
        session = fixture.newSession("reader");
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
        servers.close();
    }

    private long count(Work kind) {
        return fixture.metrics().work().counts().of(kind);
    }

    private List<String> texts() {
        return fixture.engine().messages(session, 100, Order.OLDEST_FIRST).stream().map(Message::content).toList();
    }

    /// Reads until the standby answers.
    private void awaitReplica() {
        long before = count(Work.REPLICA_READS);
        await("the standby answers a read", () -> {
            texts();
            return count(Work.REPLICA_READS) > before;
        });
    }

    /// Changes texts as another program would, which this one does not know of.
    private void changeElsewhere(String text) throws SQLException {
        try (Connection connection = fixture.connect();
                PreparedStatement statement = connection
                        .prepareStatement("UPDATE messages SET content = ? WHERE user_id = ?")) {
            statement.setString(1, text);
            statement.setObject(2, session.userId());
            assertTrue(statement.executeUpdate() > 0);
        }
    }

    @Test
    void readsComeFromTheStandbyWhenItHasWhatWasWritten() throws SQLException {
        UUID id = fixture.engine().addBatch(session, messages("first")).messageIds().getFirst();
        awaitReplica();
        servers.pauseReplay();
        awaitReplica();

        changeElsewhere("changed elsewhere");

        assertEquals(List.of("first"), texts(), "the standby has not replayed the change");
        assertEquals("first", fixture.engine().read(session.userId(), List.of(id)).get(0).content());
        assertEquals("changed elsewhere",
                fixture.store().messages().read(session.userId(), List.of(id)).getFirst().content(),
                "checks before a write ask the primary server");

        servers.resumeReplay();
        await("the standby replays the change", () -> texts().equals(List.of("changed elsewhere")));
    }

    @Test
    void aUserReadsItsOwnWritesWhileTheStandbyReplaysNothing() throws SQLException {
        awaitReplica();
        SessionKey other = fixture.newSession("other");
        fixture.engine().addBatch(other, messages("of another user"));
        await("the standby has the other user", () -> {
            long before = count(Work.REPLICA_READS);
            return fixture.engine().messages(other, 10, Order.OLDEST_FIRST).size() == 1
                    && count(Work.REPLICA_READS) > before;
        });
        servers.pauseReplay();
        long fallbacks = count(Work.REPLICA_FALLBACKS);

        List<UUID> ids = fixture.engine().addBatch(session, messages("one", "two")).messageIds();
        assertEquals(List.of("one", "two"), texts());
        fixture.engine().updateMessages(session, List.of(new MessageChange(ids.getFirst(), Role.USER, "uno")));
        assertEquals(List.of("uno", "two"), texts());
        fixture.engine().deleteMessages(session, ids.subList(1, 2));
        assertEquals(List.of("uno"), texts());
        assertEquals(1, fixture.engine().read(session.userId(), ids).size());
        SessionKey later = fixture.anotherSession(session);
        assertEquals(0, fixture.engine().messages(later, 10, Order.OLDEST_FIRST).size());

        Knowledge knowledge = fixture.engine().knowledge();
        Fact fact = knowledge.add(session.userId(), List.of("likes tea")).getFirst();
        assertEquals(1, fixture.engine().facts(session.userId(), FactQuery.current(10)).size());
        knowledge.update(session.userId(), List.of(new Knowledge.Change(fact.id(), "likes coffee")));
        assertEquals("likes coffee", knowledge.read(session.userId(), List.of(fact.id())).getFirst().content());
        List<String> found = fixture.engine().query(session.userId(), QueryRequest.of("coffee", 5)
                .within(QueryFilter.NONE.only(MemoryLayer.M2))).hits().stream()
                .map(QueryResult.Hit::content).toList();
        assertTrue(found.contains("likes coffee"), found.toString());
        knowledge.delete(session.userId(), List.of(fact.id()));
        assertEquals(0, fixture.engine().facts(session.userId(), FactQuery.current(10)).size());
        assertTrue(count(Work.REPLICA_FALLBACKS) > fallbacks, "the primary server answered");

        fixture.engine().deleteSession(session);
        assertThrows(RuntimeException.class, this::texts);
    }

    @Test
    void buffersAndStandbyTogetherHaveEveryMessageOnce() throws SQLException {
        fixture.set("buffer.bypass_mode=false", "buffer.hybrid_buffer.max_size=2", "buffer.round_buffer.max_size=1");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            if (i % 20 == 5) {
                servers.pauseReplay();
            } else if (i % 20 == 15) {
                servers.resumeReplay();
            }
            expected.add("message " + i);
            fixture.engine().addBatch(session, messages("message " + i));
            assertEquals(expected, texts());
        }
    }

    @Test
    void withoutAStandbyThePrimaryServerAnswers() throws IOException {
        fixture.engine().addBatch(session, messages("kept"));
        awaitReplica();
        long fallbacks = count(Work.REPLICA_FALLBACKS);

        servers.killSecond();

        assertEquals(List.of("kept"), texts());
        fixture.engine().addBatch(session, messages("after"));
        assertEquals(List.of("kept", "after"), texts());
        assertTrue(count(Work.REPLICA_FALLBACKS) > fallbacks);
    }

    @Test
    void aStandbyThatBecameAPrimaryAnswersNoMore() throws SQLException {
        fixture.engine().addBatch(session, messages("before"));
        awaitReplica();

        servers.promoteSecond();
        changeElsewhereOnFirst("after");

        await("the first server answers", () -> texts().equals(List.of("after")));
        long reads = count(Work.REPLICA_READS);
        for (int i = 0; i < 20; i++) {
            assertEquals(List.of("after"), texts());
        }
        assertEquals(reads, count(Work.REPLICA_READS));
    }

    private void changeElsewhereOnFirst(String text) throws SQLException {
        try (Connection connection = servers.at("127.0.0.1:" + servers.firstPort()).connect();
                PreparedStatement statement = connection.prepareStatement("UPDATE messages SET content = ?")) {
            statement.setString(1, text);
            assertEquals(1, statement.executeUpdate());
        }
    }

    @Test
    void theSettingIsSwitchedWhileTheEngineRuns() {
        awaitReplica();

        fixture.set("postgres.read_from=primary");
        long reads = count(Work.REPLICA_READS) + count(Work.REPLICA_FALLBACKS);
        texts();
        assertEquals(reads, count(Work.REPLICA_READS) + count(Work.REPLICA_FALLBACKS));

        fixture.set("postgres.read_from=replica");
        awaitReplica();
    }

    @Test
    void withOneHostThePrimaryServerAnswersEverything() {
        try (EngineFixture alone = EngineFixture.on(servers.at("127.0.0.1:" + servers.firstPort()),
                TestFolders.create(), "postgres.read_from=replica")) {
            SessionKey own = alone.newSession("alone");
            alone.engine().addBatch(own, messages("text"));

            assertEquals(1, alone.engine().messages(own, 10, Order.OLDEST_FIRST).size());
            assertEquals(0, alone.metrics().work().counts().of(Work.REPLICA_READS)
                    + alone.metrics().work().counts().of(Work.REPLICA_FALLBACKS));
        }
    }
}
