package dev.memfuse.inspect;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.inspect.QueryExplanation.LeftOut;
import dev.memfuse.inspect.QueryExplanation.Reason;
import dev.memfuse.inspect.WhyNot.Outcome;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Explanations of queries: hits, what was left out, a chosen message, neighbours and other settings.
@Tag("db")
class QueryExplainerDbTest {
    private static final String LONG = "The cat ".repeat(60) + "sat.";
    private EngineFixture fixture;
    private SessionKey session;
    private QueryExplainer explainer;
    private List<UUID> ids;

    @BeforeEach
    void start() throws Exception {
        fixture = EngineFixture.start("buffer.bypass_mode=true");
        session = fixture.newSession("alice");
        explainer = new QueryExplainer(fixture.engine());
        ids = fixture.engine().addBatch(session,
                messages("The cat sat on the mat.", "What does the cat eat?", "It eats fish.", LONG,
                        "Stocks fell today.", "The bank is closed.", "A cat is a feline."))
                .messageIds();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private UUID me() {
        return session.userId();
    }

    @Test
    void theSharesOfEachHitAddUpToItsScore() {
        QueryExplanation explained = explainer.explain(me(), QueryRequest.of("cat", 3));

        assertEquals(3, explained.result().hits().size());
        explained.result().hits().forEach(hit -> assertEquals(hit.score(),
                hit.shares().stream().mapToDouble(Share::points).sum(), 1e-9));
        assertEquals(4, explained.leftOut().stream().filter(out -> out.reason() == Reason.RANK).count());
    }

    @Test
    void whatTheBudgetHasNoRoomForIsNamed() {
        QueryExplanation explained = explainer.explain(me(), QueryRequest.of("cat", 7).withMaxTokens(40));

        List<LeftOut> noRoom = explained.leftOut().stream().filter(out -> out.reason() == Reason.BUDGET).toList();
        assertEquals(explained.result().leftOut(), noRoom.size());
        assertTrue(noRoom.stream().anyMatch(out -> out.hit().content().equals(LONG)));
        WhyNot why = explainer.whyNot(me(), QueryRequest.of("cat", 7).withMaxTokens(40), ids.get(3));
        assertEquals(Outcome.BUDGET, why.outcome());
        assertTrue(why.sentence().contains("does not fit into the rest of 40 tokens"), why.sentence());
    }

    @Test
    void whatEachConditionOfTheFilterLeavesOutIsNamedWithTheCondition() {
        SessionKey other = fixture.anotherSession(session);
        UUID agent = fixture.engine().createAgent(me(), "second").id();
        Instant begin = Instant.now().plusSeconds(60);
        QueryFilter none = QueryFilter.NONE;
        for (QueryFilter filter : List.of(
                new QueryFilter(Set.of(other.sessionId()), Set.of(), none.from(), none.until(), none.layers()),
                new QueryFilter(Set.of(), Set.of(agent), none.from(), none.until(), none.layers()),
                new QueryFilter(Set.of(), Set.of(), Optional.of(begin), none.until(), none.layers()),
                new QueryFilter(Set.of(), Set.of(), none.from(), Optional.of(Instant.EPOCH), none.layers()),
                none.only(MemoryLayer.M2))) {
            QueryRequest request = QueryRequest.of("cat", 2).within(filter);

            List<LeftOut> out = explainer.explain(me(), request).leftOut();
            WhyNot why = explainer.whyNot(me(), request, ids.getFirst());

            assertEquals(2, out.size(), filter.toString());
            assertTrue(out.stream().allMatch(one -> one.reason() == Reason.FILTER));
            assertEquals(Outcome.FILTER, why.outcome());
            assertEquals(out.getFirst().sentence(), why.sentence());
        }
    }

    @Test
    void aMessageBelowTheHitsIsComparedWithTheLastHit() {
        QueryRequest request = QueryRequest.of("cat", 1);

        WhyNot why = explainer.whyNot(me(), request, ids.get(4));

        assertEquals(Outcome.RANK, why.outcome());
        assertTrue(why.rank().getAsInt() > 1);
        double gap = why.last().orElseThrow().score() - why.hit().orElseThrow().score();
        assertEquals(gap, why.differences().stream().mapToDouble(WhyNot.Difference::points).sum(), 1e-9);
        assertEquals(Outcome.RETURNED, explainer.whyNot(me(), request,
                explainer.explain(me(), request).result().hits().getFirst().id()).outcome());
        assertEquals(Outcome.UNKNOWN, explainer.whyNot(me(), request, UUID.randomUUID()).outcome());
    }

    @Test
    void theNeighboursOfAHitAreTheMessagesBesideIt() {
        var hit = explainer.explain(me(), QueryRequest.of("A cat that eats fish", 1)).result().hits().getFirst();

        List<QueryExplainer.Neighbour> neighbours = explainer.neighbours(hit);

        assertEquals(ids.get(2), hit.id());
        assertEquals(List.of(Signal.PREVIOUS, Signal.NEXT),
                neighbours.stream().map(QueryExplainer.Neighbour::signal).toList());
        assertEquals(List.of(ids.get(1), ids.get(3)), neighbours.stream().map(one -> one.message().id()).toList());
    }

    @Test
    void otherSettingsAreComparedWithThoseInForce() {
        List<OtherSetting.Outcome> others = explainer.otherSettings(me(), QueryRequest.of("kitten", 3));

        assertEquals(List.of("Words alone", "Vectors alone", "Without neighbours", "Without hints", "Fused by ranks",
                "Reranked"), others.stream().map(other -> other.setting().label()).toList());
        assertFalse(others.getFirst().added().isEmpty() && others.getFirst().lost().isEmpty()
                && others.getFirst().moved() == 0, "no text has the word kitten");
        fixture.set("retrieval.dense_weight=1", "retrieval.use_rerank=true");
        others = explainer.otherSettings(me(), QueryRequest.of("kitten", 3));
        assertEquals(List.of("Words alone", "Without neighbours", "Without hints", "Fused by ranks",
                "Without reranking"), others.stream().map(other -> other.setting().label()).toList());
    }

    @Test
    void aQueryOfAllLayersHasNoFilterToName() {
        QueryFilter all = new QueryFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(),
                EnumSet.allOf(MemoryLayer.class));

        assertTrue(explainer.explain(me(), QueryRequest.of("cat", 1).within(all)).leftOut().stream()
                .allMatch(out -> out.reason() == Reason.RANK));
    }
}
