package dev.memfuse.transfer;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.store.EngineFixture;
import org.jspecify.annotations.Nullable;

/// A user of an engine on an own database, for tests of exports and imports.
final class ExportedUser implements AutoCloseable {
    private final EngineFixture fixture;
    private final SessionKey session;

    /// Starts the engine and creates the user with a session, both empty.
    ExportedUser() throws SQLException {
        fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true");
        session = fixture.newSession("alice");
    }

    EngineFixture fixture() {
        return fixture;
    }

    SessionKey session() {
        return session;
    }

    /// Exports a user.
    ///
    /// @return the file
    Path export(UUID userId, Path file) {
        new UserExport(fixture.engine()).write(userId, file, _ -> {});
        return file;
    }

    User importAs(Path file, @Nullable String name) {
        return new UserImport(fixture.engine()).read(file, name, _ -> {}).user();
    }

    /// Stores two sessions, a long message of many chunks, facts, characters of every width, and knowledge.
    void fill() throws SQLException {
        SessionKey other = fixture.anotherSession(session);
        fixture.engine().addBatch(session, messages("I moved to Lisbon last year. I love the light there. I like jazz.",
                "The history of the lighthouse goes on and on. ".repeat(60)));
        fixture.engine().addBatch(other, messages("Grüße, 你好, 👋 — \"quoted\" \\ and\nlines\ttoo"));
        AddResult last = fixture.engine().addBatch(session, messages("to be deleted", "kept after a gap"));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(60)));
        fixture.engine().deleteMessages(session, last.messageIds().subList(0, 1));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(60)));
        execute("INSERT INTO knowledge (user_id, knowledge_id, content) VALUES ('" + session.userId() + "', '"
                + UUID.randomUUID() + "', 'the sky is blue')");
        execute("UPDATE m1_episodic SET embedding_model = 'another-model@2', embedding = '{0.1,0.2,0.3}' "
                + "WHERE content LIKE 'kept%'");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = fixture.connect(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /// Returns the lines in the form of an earlier version, which may be changed.
    static List<String> withoutChecksum(List<String> lines) {
        return lines.stream().map(line -> line.replaceFirst(",\"sha256\":\"[0-9a-f]{64}\"}$", "}")
                .replaceFirst("(\"format\":\"memfuse-user\",\"version\":)2", "$11")).toList();
    }

    /// Checks that the database holds nothing of any other user.
    void assertAlone() throws SQLException {
        assertEquals(1, fixture.count("SELECT count(*) FROM users"));
        for (String table : List.of("agents", "sessions", "rounds", "messages", "m1_episodic", "m2_semantic")) {
            assertEquals(0, fixture.count("SELECT count(*) FROM " + table + " WHERE user_id <> ?", session.userId()),
                    table);
        }
    }

    @Override
    public void close() {
        fixture.close();
    }
}
