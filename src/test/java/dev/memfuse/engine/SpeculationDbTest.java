package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.await;
import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import dev.memfuse.engine.spi.SearchStore;
import dev.memfuse.metrics.SpeculationStats.Counts;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Answers computed ahead by a running engine.
@Tag("db")
class SpeculationDbTest {
    private static final String ON = "buffer.speculative_buffer.enabled=true";
    private static final String NO_TEXTS = "buffer.speculative_buffer.context_window=0";

    private static QueryResult ask(EngineFixture fixture, SessionKey session, String text) {
        return fixture.engine().query(session.userId(), text, 10);
    }

    private static List<String> texts(QueryResult result) {
        return result.hits().stream().map(QueryResult.Hit::content).sorted().toList();
    }

    private static Counts counts(EngineFixture fixture) {
        return fixture.metrics().speculation().counts();
    }

    private static void awaitPrefetched(EngineFixture fixture, long number) {
        await(number + " answers ahead", () -> counts(fixture).prefetched() >= number);
    }

    @Test
    void aRepeatedQuestionAfterAWriteIsAnsweredAheadOnlyWhenEnabled() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(NO_TEXTS)) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, messages("red apple"));
            ask(fixture, session, "apple");
            fixture.engine().addBatch(session, messages("green apple"));
            assertFalse(ask(fixture, session, "apple").cached());
            assertEquals(new Counts(0, 0, 0), counts(fixture));

            fixture.set(ON);
            fixture.engine().query(session.userId(), "apple", 9);
            fixture.engine().addBatch(session, messages("yellow apple"));
            awaitPrefetched(fixture, 1);
            QueryResult ahead = fixture.engine().query(session.userId(), "apple", 9);

            assertTrue(ahead.cached());
            assertEquals(List.of("green apple", "red apple", "yellow apple"), texts(ahead));
            assertEquals(new Counts(1, 1, 0), counts(fixture));
        }
    }

    @Test
    void atMostMaxSizeAnswersAreComputedAfterOneWrite() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(ON, NO_TEXTS, "buffer.speculative_buffer.max_size=1")) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, messages("red apple"));
            ask(fixture, session, "pear");
            ask(fixture, session, "apple");
            fixture.engine().addBatch(session, messages("green apple"));
            awaitPrefetched(fixture, 1);
            assertFalse(ask(fixture, session, "pear").cached());
            assertTrue(ask(fixture, session, "apple").cached());

            fixture.set("buffer.speculative_buffer.max_size=2");
            ask(fixture, session, "pear");
            fixture.engine().addBatch(session, messages("yellow apple"));
            awaitPrefetched(fixture, 3);
            assertTrue(ask(fixture, session, "pear").cached());
            assertTrue(ask(fixture, session, "apple").cached());
        }
    }

    @Test
    void theNewestMessagesOfTheContextWindowArePredictedAsQueries() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(ON, "buffer.speculative_buffer.context_window=1")) {
            SessionKey session = fixture.newSession("alice");
            ask(fixture, session, "anything");
            fixture.engine().addBatch(session, messages("where is the red apple?", "where is the pear?"));
            awaitPrefetched(fixture, 2);

            assertTrue(fixture.engine().query(session.userId(), QueryRequest.of("where is the pear?", 0)).cached());
            assertFalse(
                    fixture.engine().query(session.userId(), QueryRequest.of("where is the red apple?", 0)).cached());
            fixture.set(NO_TEXTS);
            fixture.engine().addBatch(session, messages("where is the plum?"));
            awaitPrefetched(fixture, 5);
            assertFalse(fixture.engine().query(session.userId(), QueryRequest.of("where is the plum?", 0)).cached());
        }
    }

    /// Returns no candidates, so that only buffered messages are ranked. Blocks the first answer computed ahead.
    private static final class HoldingSearch implements SearchStore {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @Override
        public Optional<String> problem() {
            return Optional.empty();
        }

        @Override
        public List<Candidate> dense(UUID userId, QueryFilter filter, String model, float[] query, int limit) {
            if (Thread.currentThread().getName().startsWith("engine-speculation")) {
                held.countDown();
                await("the end of the hold", () -> released.getCount() == 0);
            }
            return List.of();
        }

        @Override
        public List<Candidate> lexical(UUID userId, QueryFilter filter, String text, int limit) {
            return List.of();
        }
    }

    @Test
    void anAnswerComputedDuringAWriteIsNotReturned() throws SQLException {
        HoldingSearch search = new HoldingSearch();
        try (EngineFixture fixture = EngineFixture.start(search, ON, NO_TEXTS, "retrieval.backend=postgres",
                "buffer.bypass_mode=false")) {
            SessionKey session = fixture.newSession("alice");
            ask(fixture, session, "apple");
            fixture.engine().addBatch(session, messages("red apple"));
            await("an answer is being computed", () -> search.held.getCount() == 0);

            fixture.engine().addBatch(session, messages("green apple"));
            QueryResult between = ask(fixture, session, "apple");
            assertFalse(between.cached());
            assertEquals(List.of("green apple", "red apple"), texts(between));
            search.released.countDown();
            await("it is wasted", () -> counts(fixture).wasted() == 1);

            assertEquals(List.of("green apple", "red apple"), texts(ask(fixture, session, "apple")));
        }
    }

    @Test
    void everyAnswerAfterAWriteIncludesItUnderRaces() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(ON)) {
            SessionKey session = fixture.newSession("alice");
            for (int i = 1; i <= 40; i++) {
                String text = "apple number " + i;
                fixture.engine().addBatch(session, messages(text));
                for (int k = 0; k < 2; k++) {
                    QueryResult answer = fixture.engine().query(session.userId(), "apple number", 100);
                    assertTrue(texts(answer).contains(text), text);
                    assertEquals(i, answer.hits().size());
                }
            }
        }
    }

    @Test
    void deletedMessagesAreInNoAnswerComputedAhead() throws SQLException {
        try (EngineFixture fixture = EngineFixture.start(ON, NO_TEXTS)) {
            SessionKey session = fixture.newSession("alice");
            List<NewMessage> apples = messages("red apple", "green apple");
            ask(fixture, session, "apple");
            fixture.engine().addBatch(session, apples);
            awaitPrefetched(fixture, 1);
            fixture.engine().deleteMessages(session, List.of(apples.getFirst().id()));

            QueryResult after = ask(fixture, session, "apple");
            assertFalse(after.cached());
            assertEquals(List.of("green apple"), texts(after));
            assertEquals(new Counts(1, 0, 1), counts(fixture));
        }
    }
}
