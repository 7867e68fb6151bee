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
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.store.EngineFixture;

/// Stores messages, chunks and facts with vectors that a test chose.
record SearchRows(EngineFixture fixture) {
    static final String MODEL = "test-model@1";

    /// Something to store, said at an instant; its chunk and its fact have the same words and the same vector.
    @SuppressWarnings("ArrayRecordComponent") // a vector of floats, never compared or changed
    record Said(String content, Instant at, String model, float... vector) {
        static Said of(String content, float... vector) {
            return new Said(content, Instant.parse("2026-01-01T00:00:00Z"), MODEL, vector);
        }

        Said at(String instant) {
            return new Said(content, Instant.parse(instant), model, vector);
        }

        Said by(String otherModel) {
            return new Said(content, at, otherModel, vector);
        }
    }

    /// One round with a message, a chunk and a fact for each.
    List<UUID> store(SessionKey session, Said... said) {
        return store(session, List.of(said));
    }

    List<UUID> store(SessionKey session, List<Said> said) {
        List<NewMessage> messages = new ArrayList<>();
        List<Chunk> chunks = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        UUID round = id();
        for (Said each : said) {
            NewMessage message = new NewMessage(id(), Role.USER, each.content(), each.at());
            messages.add(message);
            chunks.add(new Chunk(id(), List.of(message.id()), each.content(), "message", 1, each.vector(),
                    each.model()));
            facts.add(Facts.of(session, round, List.of(message.id()), each.content(), each.model(), each.vector()));
        }
        fixture.store().store(session.userId(), List.of(new StoredRound(round, session, Instant.now(), messages,
                List.of(), chunks, Set.of(DerivedLayer.M2))), Duration.ZERO);
        WorkItem item = fixture.store().claim(session.userId(), id(), Duration.ofMinutes(1)).orElseThrow();
        assertEquals(LayerStore.Stored.DONE, fixture.store().storeFacts(item,
                Facts.added(fixture.store(), session.userId(), facts), ""));
        return messages.stream().map(NewMessage::id).toList();
    }

    /// One round of messages with chunks of the test's own.
    List<UUID> storeTogether(SessionKey session, List<String> contents, float[]... vectors) {
        List<NewMessage> messages = contents.stream().map(content -> NewMessage.of(Role.USER, content)).toList();
        List<UUID> ids = messages.stream().map(NewMessage::id).toList();
        List<Chunk> chunks = new ArrayList<>();
        for (float[] vector : vectors) {
            chunks.add(new Chunk(id(), ids, String.join(" ", contents), "token_based", 1, vector, MODEL));
        }
        fixture.store().store(session.userId(), List.of(new StoredRound(id(), session, Instant.now(), messages,
                List.of(), chunks, Set.of())), Duration.ZERO);
        return ids;
    }

    private static UUID id() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }
}
