package dev.memfuse.store.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.store.pool.Database;

/// Data of a user from which the parameters of calls come.
///
/// @param session one of the user's sessions
/// @param messages messages of the session, newest first, at least one
/// @param agent the agent of the session
/// @param vector a vector of the user
record Subject(Database database, MemoryStore store, User user, SessionKey session, UUID agent,
        List<Message> messages, SampleVector vector) {

    /// Returns the id of the user.
    UUID id() {
        return user.id();
    }

    /// Returns the ids of the messages.
    List<UUID> ids() {
        return messages.stream().map(Message::id).toList();
    }

    /// Returns the round of the newest message.
    UUID round() {
        return messages.getFirst().roundId();
    }

    /// Returns a new id.
    static UUID newId() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    /// Returns a name that nothing has.
    static String newName() {
        return "explained " + newId();
    }

    /// Returns a new round in a session, with the texts of the sample: of their usual length.
    ///
    /// @param layers layers that are to be built from it
    StoredRound newRound(SessionKey in, Set<DerivedLayer> layers) {
        List<NewMessage> texts = new ArrayList<>();
        messages.forEach(message -> texts.add(NewMessage.of(message.role(), message.content())));
        return new StoredRound(newId(), in, Instant.EPOCH, texts,
                texts.stream().map(_ -> 1).toList(), List.of(chunk(List.of(texts.getFirst().id()))), layers);
    }

    /// Returns a new round with both layers to build.
    StoredRound newRound() {
        return newRound(session, Set.of(DerivedLayer.M1, DerivedLayer.M2));
    }

    /// Returns a new chunk of messages.
    Chunk chunk(List<UUID> messageIds) {
        return new Chunk(newId(), messageIds, messages.getFirst().content(), "message", 1, vector.values(),
                vector.model());
    }
}
