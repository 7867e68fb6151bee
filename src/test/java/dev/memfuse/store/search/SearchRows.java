package dev.memfuse.store.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.Facts;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.store.EngineFixture;

/// Stores messages, chunks and facts with given vectors.
record SearchRows(EngineFixture fixture) {
    static final String MODEL = "test-model@1";

    /// A text to store as message, chunk and fact, all with the same vector.
    @SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
    record Row(String content, Instant at, String model, float... vector) {
        static Row of(String content, float... vector) {
            return new Row(content, Instant.parse("2026-01-01T00:00:00Z"), MODEL, vector);
        }

        Row at(String instant) {
            return new Row(content, Instant.parse(instant), model, vector);
        }

        Row by(String otherModel) {
            return new Row(content, at, otherModel, vector);
        }
    }

    /// Stores one round with a message, a chunk and a fact for each row. Returns the ids of the messages.
    List<UUID> store(SessionKey session, Row... rows) {
        return store(session, List.of(rows));
    }

    List<UUID> store(SessionKey session, List<Row> rows) {
        List<NewMessage> messages = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        UUID round = id();
        for (Row row : rows) {
            NewMessage message = new NewMessage(id(), Role.USER, row.content(), row.at());
            messages.add(message);
            chunks.add(new Chunk(id(), List.of(message.id()), row.content(), "message", 1, row.vector(),
                    row.model()));
            facts.add(Facts.of(session, round, List.of(message.id()), row.content(), row.model(), row.vector()));
        }
        fixture.store().rounds().store(session.userId(),
                List.of(new StoredRound(round, session, Instant.now(), messages,
                        List.of(), chunks, Set.of(DerivedLayer.M2))),
                Duration.ZERO);
        WorkItem item = fixture.store().work().claim(session.userId(), id(), Duration.ofMinutes(1)).orElseThrow();
        assertEquals(LayerStore.Stored.DONE, fixture.store().layers().storeFacts(item,
                Facts.added(fixture.store(), session.userId(), facts), LayerOrigin.NONE));
        return messages.stream().map(NewMessage::id).toList();
    }

    /// Stores one round of messages with one chunk over all of them for each vector. Returns the ids of the messages.
    List<UUID> storeTogether(SessionKey session, List<String> contents, float[]... vectors) {
        List<NewMessage> messages = contents.stream().map(content -> NewMessage.of(Role.USER, content)).toList();
        List<UUID> ids = messages.stream().map(NewMessage::id).toList();
        List<Chunk> chunks = new ArrayList<>();
        for (float[] vector : vectors) {
            chunks.add(new Chunk(id(), ids, String.join(" ", contents), "token_based", 1, vector, MODEL));
        }
        fixture.store().rounds().store(session.userId(), List.of(new StoredRound(id(), session, Instant.now(), messages,
                List.of(), chunks, Set.of())), Duration.ZERO);
        return ids;
    }

    private static UUID id() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }
}
