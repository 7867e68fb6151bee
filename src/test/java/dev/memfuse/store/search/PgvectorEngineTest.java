package dev.memfuse.store.search;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.plan.ExplainedCall;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.plan.PgStatementPlans;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The engine on a server with pgvector, before and after its database is prepared for searches.
@Tag("pgvector")
class PgvectorEngineTest {

    @Test
    void addsListsQueriesAndDeletesBeforeAndAfterThePreparation() throws Exception {
        try (PgvectorServer server = PgvectorServer.start();
                EngineFixture fixture = EngineFixture.on(server, "layers.m1.enabled=true", "layers.m2.enabled=true")) {
            SessionKey before = fixture.newSession("alice");
            fixture.engine().addBatch(before, messages("I moved to Lisbon in May.", "I like the light there."));
            assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));

            assertEquals(Optional.empty(), new PgSearch(fixture.database()).problem());
            fixture.engine().addBatch(before, messages("My sister lives in Porto."));
            assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));

            assertEquals(List.of("I moved to Lisbon in May.", "I like the light there.", "My sister lives in Porto."),
                    fixture.engine().messages(before, 10, Order.OLDEST_FIRST).stream().map(Message::content).toList());
            assertEquals(3, fixture.count("SELECT count(*) FROM messages WHERE words IS NOT NULL"));
            assertEquals("My sister lives in Porto.",
                    fixture.engine().query(before.userId(), "sister Porto", 1).hits().getFirst().message().content());
            assertEquals(3, fixture.engine().deleteUser(before.userId()).messages());
            assertEquals(0, fixture.count("SELECT count(*) FROM messages"));
        }
    }

    @Test
    void theStatementsOfASearchAreExplainedWithAVectorOfTheUser() throws Exception {
        try (PgvectorServer server = PgvectorServer.start();
                EngineFixture fixture = EngineFixture.on(server, "layers.m1.enabled=true", "layers.m2.enabled=true")) {
            fixture.engine().addBatch(fixture.newSession("alice"),
                    messages("I moved to Lisbon in May.", "I like the light there."));
            assertTrue(fixture.engine().awaitExtraction(Duration.ofSeconds(30)));
            assertEquals(Optional.empty(), new PgSearch(fixture.database()).problem());
            StatementPlans plans = new PgStatementPlans(() -> Optional.of(fixture.database()));

            ExplainedCall dense = plans.explain("search-by-meaning", Optional.of("alice"));
            ExplainedCall lexical = plans.explain("search-by-words", Optional.of("alice"));

            assertEquals(2, dense.statements().size(),
                    "over everything, and with each restriction");
            assertTrue(dense.statements().getFirst().root().rows() >= 2, "the vector finds messages, chunks and facts");
            assertTrue(lexical.statements().getFirst().root().rows() >= 1, "the words of the newest message find it");
        }
    }
}
