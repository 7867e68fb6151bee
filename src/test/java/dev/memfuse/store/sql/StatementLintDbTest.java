package dev.memfuse.store.sql;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every statement that reads or writes rows restricts the user, so that a database distributed by user routes it to
/// one node.
@Tag("db")
class StatementLintDbTest {
    private static final Pattern TOUCHES_ROWS = Pattern.compile("(?i)\\b(FROM|INTO|UPDATE|COPY)\\s+[a-z]\\w*");
    private static final Pattern RESTRICTS_THE_USER = Pattern.compile("\\buser_id = \\$\\d+"
            + "|(INSERT INTO|COPY) \\w+ ?\\(user_id\\b");
    /// Finding a user by name precedes its id.
    private static final Set<String> ALLOWED = Set.of(
            "SELECT user_id, name, created_at FROM users WHERE name = $1");
    /// These span users by design, for the engine's background work, and return ids, numbers and times only: the work
    /// list, the vectors of other models, recent deletions, which of the users with an index exist, the ids that
    /// stand for other ids, and the users of loads and the size of the database.
    private static final List<String> OF_ALL_USERS = List.of(
            "SELECT user_id, count(*) AS items, (extract(epoch FROM min(",
            "SELECT user_id, count(*) AS stale FROM m1_episodic",
            "SELECT user_id, coalesce((extract(epoch FROM erased_at) * 1000000)::bigint, 0) AS erased FROM users",
            "SELECT user_id FROM users WHERE user_id = ANY ($1)",
            "SELECT user_id, alias_id, target_id FROM id_aliases");

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void everyStatementRestrictsTheUser(String consolidated) throws Exception {
        try (EngineFixture fixture = EngineFixture.start("layers.m1.enabled=true", "layers.m2.enabled=true",
                "queries.consolidated=" + consolidated)) {
            Set<String> texts = ProtocolLog.textsDuring(() -> useEverything(fixture));

            Set<String> touching = texts.stream().filter(text -> TOUCHES_ROWS.matcher(text).find())
                    .collect(Collectors.toSet());
            assertTrue(touching.size() >= 15, touching.toString());
            assertEquals(List.of(),
                    touching.stream().filter(text -> !ALLOWED.contains(text)
                            && OF_ALL_USERS.stream().noneMatch(text::startsWith))
                            .filter(text -> !RESTRICTS_THE_USER.matcher(text).find()).toList());
        }
    }

    private static void useEverything(EngineFixture fixture) {
        SessionKey session = fixture.newSession("alice");
        SessionKey other = fixture.anotherSession(session);
        fixture.engine().addBatch(session, messages("I love the light in Lisbon very much.", "My sister does too."));
        fixture.engine().addBatch(other, messages("I moved to Porto in May."));
        assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
        fixture.restart();
        List<UUID> ids = fixture.engine().messages(session, 10, Order.NEWEST_FIRST).stream().map(Message::id).toList();
        fixture.engine().read(session.userId(), ids);
        fixture.engine().query(session.userId(), "light", 5);
        fixture.engine().deleteMessages(session, ids.subList(0, 1));
        fixture.engine().deleteSession(other);
        fixture.engine().deleteUser(session.userId());
    }
}
