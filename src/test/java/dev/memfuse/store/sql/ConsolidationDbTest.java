package dev.memfuse.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Number of statements per request with and without `queries.consolidated`.
@Tag("db")
class ConsolidationDbTest {

    private static List<NewMessage> batch(int size) {
        return IntStream.range(0, size).mapToObj(i -> NewMessage.of(Role.USER, "message " + i)).toList();
    }

    @Test
    void oneStatementPerRequestInsteadOfMany() throws Exception {
        try (EngineFixture fixture = EngineFixture.start()) {
            SessionKey session = fixture.newSession("alice");
            fixture.engine().addBatch(session, batch(1));

            Costs consolidated = costs(fixture, session);
            fixture.set("queries.consolidated=false");
            Costs separate = costs(fixture, session);

            assertEquals(new Costs(1, 1, 1), consolidated);
            // Add: BEGIN, user, agent id, agent, round, two per message, COMMIT.
            // List: user, agent id, agent, messages. Read: one per id.
            assertEquals(new Costs(1 + 3 + 1 + 2 * 10 + 1, 4, 3), separate);
        }
    }

    /// Holds for a query with a filter too, once the index is open and the agents of the sessions are cached.
    @Test
    void oneStatementPerQueryOnceTheIndexIsOpen() throws Exception {
        try (EngineFixture fixture = EngineFixture.start("buffer.query.cache_size=0")) {
            SessionKey session = fixture.newSession("alice");
            UUID agent = fixture.engine().agent(session.userId(), "agent").orElseThrow().id();
            fixture.engine().addBatch(session, batch(20));
            QueryRequest plain = QueryRequest.of("message", 10);
            QueryRequest filtered = plain.within(new QueryFilter(Set.of(), Set.of(agent), Optional.empty(),
                    Optional.empty(), Set.of(MemoryLayer.M0)));
            fixture.engine().query(session.userId(), filtered);

            for (QueryRequest request : List.of(plain, filtered)) {
                fixture.engine().addBatch(session, batch(1));
                assertEquals(1, ProtocolLog.statementsDuring(
                        () -> assertEquals(10, fixture.engine().query(session.userId(), request).hits().size())));
            }
        }
    }

    private record Costs(int add, int list, int read) {}

    private static Costs costs(EngineFixture fixture, SessionKey session) {
        List<NewMessage> ten = batch(10);
        List<UUID> ids = ten.subList(0, 3).stream().map(NewMessage::id).toList();
        return new Costs(ProtocolLog.statementsDuring(() -> fixture.engine().addBatch(session, ten)),
                ProtocolLog.statementsDuring(() -> fixture.engine().messages(session, 100, Order.OLDEST_FIRST)),
                ProtocolLog.statementsDuring(() -> fixture.engine().read(session.userId(), ids)));
    }
}
