package dev.memfuse.engine.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.config.section.FusionKind;
import dev.memfuse.engine.MemorySearchStore;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.FakeEmbeddingModel;
import dev.memfuse.engine.model.Urgency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseRankingTest {
    private static final RankingRules RULES = new RankingRules(FusionKind.MINMAX, 60, 0.5,
            new NeighbourWeights(0.2, 0.5, 0.1, 0.3), HintWeights.NONE);

    private final SessionKey session = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
    private final MemorySearchStore store = new MemorySearchStore();
    private final EmbeddingPool pool = new EmbeddingPool(1);
    /// Texts about apples point east, others north.
    private final QueryEncoder encoder = new QueryEncoder(new FakeEmbeddingModel("model", 256,
            text -> text.contains("apple") ? IndexHarness.EAST : IndexHarness.NORTH), pool, Urgency.QUERY);
    private final DatabaseRanking ranking = new DatabaseRanking(store);

    @AfterEach
    void close() {
        pool.close();
    }

    private Message message(long sequence, String text) {
        return new Message(UUID.randomUUID(), session, UUID.randomUUID(), sequence, Role.USER, text, Instant.EPOCH,
                Optional.empty(), Message.Origin.DATABASE);
    }

    private List<UUID> rank(List<Message> buffered) {
        return ranking.rank(
                new DatabaseRanking.Question(session.userId(), IndexHarness.query("apple"), QueryFilter.NONE, buffered),
                encoder, RULES, 10).entries().stream().map(ScoredEntry::id).toList();
    }

    @Test
    void fusesTheSignalsOfTheDatabaseAndOfNeighbours() {
        Message before = message(6, "so");
        Message fitting = message(7, "apple");
        Message after = message(8, "and");
        Message far = message(1, "far");
        store.put(fitting, 0.9, 3);
        store.put(before, 0.2, 0);
        store.put(after, 0.2, 0);
        store.put(far, 0.2, 0);

        assertEquals(List.of(fitting.id(), after.id(), before.id(), far.id()), rank(List.of()));
    }

    @Test
    void ranksBufferedMessagesInTheSameList() {
        Message stored = message(1, "a pear");
        store.put(stored, 0.3, 0);
        Message fitting = message(Message.UNASSIGNED, "apple");
        Message other = message(Message.UNASSIGNED, "weather");

        assertEquals(List.of(fitting.id(), other.id(), stored.id()), rank(List.of(fitting, other)));
    }

    @Test
    void anAnswerGetsALargerShareOfItsQuestion() {
        Message question = message(1, "apple?");
        Message answer = message(2, "so");
        Message statement = message(5, "apple.");
        Message remark = message(6, "and");
        store.put(question, 0.9, 3);
        store.put(answer, 0.2, 0);
        store.put(statement, 0.9, 3);
        store.put(remark, 0.2, 0);

        assertEquals(List.of(question.id(), statement.id(), answer.id(), remark.id()), rank(List.of()));
    }

    @Test
    void ranksAMessageOnceThatIsStoredAndBuffered() {
        Message moving = message(1, "apple");
        store.put(moving, 0.9, 1);

        assertEquals(List.of(moving.id()), rank(List.of(moving)));
    }

    @Test
    void reportsWhyTheDatabaseCannotRank() {
        store.fail("No pgvector here.");

        assertEquals("No pgvector here.",
                assertThrows(EngineException.class, () -> rank(List.of())).getMessage());
    }
}
