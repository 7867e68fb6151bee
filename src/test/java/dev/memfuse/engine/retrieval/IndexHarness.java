package dev.memfuse.engine.retrieval;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.config.section.FusionKind;
import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.engine.spi.ErasureStore.Erasure;

/// A user's index with vectors of four components, and the messages added to it.
final class IndexHarness implements AutoCloseable {
    static final float[] EAST = {1, 0, 0, 0};
    static final float[] NORTH = {0, 1, 0, 0};
    static final EmbeddingSpace MODEL = new EmbeddingSpace("compass", 4);
    /// BM25 and vectors with equal weight, without neighbours.
    static final RankingRules PLAIN = new RankingRules(FusionKind.MINMAX, 60, 0.5, NeighbourWeights.NONE,
            HintWeights.NONE);

    /// The first deletion of a user.
    static final Erasure ERASURE = new Erasure(new DeleteResult(0, 1, 0, 0, 0, 0), ErasureStore.NEVER, 1);

    SessionKey session = new SessionKey(UUID.randomUUID(), UUID.randomUUID());
    final List<Message> messages = new ArrayList<>();
    UserIndex index;

    IndexHarness(Path folder) {
        index = UserIndex.open(folder, MODEL);
    }

    static Message message(SessionKey session, String text, Instant at) {
        return new Message(UUID.randomUUID(), session, UUID.randomUUID(), Message.UNASSIGNED, Role.USER, text, at,
                Optional.empty(), Message.Origin.DATABASE);
    }

    static Chunk chunk(List<UUID> messages, String text, float[] vector) {
        return new Chunk(UUID.randomUUID(), messages, text, "message", 1, vector, MODEL.name());
    }

    /// Starts another session of the same user.
    void startSession() {
        session = new SessionKey(session.userId(), UUID.randomUUID());
    }

    UUID add(String text) {
        Message message = message(session, text, Instant.EPOCH.plusSeconds(messages.size()));
        messages.add(message);
        index.add(message);
        return message.id();
    }

    UUID add(String text, float... vector) {
        UUID id = add(text);
        index.add(chunk(List.of(id), text, vector));
        return id;
    }

    List<ScoredEntry> rank(String text, float[] vector, RankingRules rules, int limit) {
        return index.rank(index.match(query(text), Scope.ALL, rules.hintWeights()), vector, rules, limit).entries();
    }

    /// Returns a question of this day.
    static QueryText query(String text) {
        return new QueryText(text, LocalDate.of(2026, 3, 4));
    }

    List<UUID> search(String text, float[] vector, int limit) {
        return rank(text, vector, PLAIN, limit).stream().map(ScoredEntry::id).toList();
    }

    static double normalised(ScoredEntry found, Signal signal) {
        return found.shares().stream().filter(share -> share.signal() == signal).findFirst().orElseThrow()
                .normalised();
    }

    @Override
    public void close() {
        index.close();
    }
}
