package dev.memfuse.engine.memory.episodic;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.config.section.ChunkStrategy;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.memory.layer.Encoder;
import dev.memfuse.engine.memory.layer.Interruption;
import dev.memfuse.engine.memory.layer.LanguageRound;
import dev.memfuse.engine.memory.layer.LayerListener;
import dev.memfuse.engine.memory.layer.RoundLayer;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.LayerStore.Stored;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.RoundVectors;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.ExtractionStats.Maker;

/// M1: chunks of the messages without chunks, and the episode of the round.
public final class EpisodicLayer implements RoundLayer {
    private final MemoryStore store;
    private final Encoder encoder;
    private final EpisodeWriter writer;
    private final Supplier<ChunkStrategy> strategy;
    private final LayerListener listener;
    private final ExtractionStats stats;

    /// @param stats counts the built rounds
    public EpisodicLayer(MemoryStore store, Encoder encoder, EpisodeWriter writer, Supplier<ChunkStrategy> strategy,
            LayerListener listener, ExtractionStats stats) {
        this.store = store;
        this.encoder = encoder;
        this.writer = writer;
        this.strategy = strategy;
        this.listener = listener;
        this.stats = stats;
    }

    @Override
    public void build(WorkItem item, LanguageRound round) {
        // Repeated when a message was deleted in between.
        while (buildOnce(item, round) == Stored.OUTDATED) {
            Interruption.check();
        }
    }

    private Stored buildOnce(WorkItem item, LanguageRound round) {
        UUID userId = item.session().userId();
        List<Message> messages = store.messages().ofRound(userId, item.roundId());
        if (messages.isEmpty()) {
            return store.layers().storeEpisode(item, List.of(), Optional.empty(), LayerOrigin.NONE);
        }
        LanguageRound.Result<EpisodeWriter.Text> text = writer.write(round, messages);
        RoundVectors known = store.layers().vectors(userId, item.roundId());
        EmbeddingModel model = encoder.model().get();
        // One batch for the round. Messages that were embedded while M1 was off keep their vectors.
        List<Chunk> created = drafts(item, messages, known.chunkedMessages(), model)
                .with(id -> known.ofMessage(id, model.chunkName()), passages -> encoder.embedPassages(model, passages));
        EpisodeVector vector = EpisodeVector.of(known.chunks(), created, model.chunkName());
        Stored stored = store.layers().storeEpisode(item, created,
                Optional.of(episode(item, messages, text, vector)), text.origin());
        if (stored == Stored.DONE) {
            listener.chunks(userId, created);
            stats.built(item.layer().name(), text.maker(), messages.size(), text.note());
        }
        return stored;
    }

    /// Returns the missing chunks of a round: the buffers have embedded some messages already.
    private ChunkMaker.Drafts drafts(WorkItem item, List<Message> messages, Set<UUID> chunked, EmbeddingModel model) {
        List<ChunkMaker.Text> texts = messages.stream().filter(message -> !chunked.contains(message.id()))
                .map(ChunkMaker.Text::of).toList();
        String before = texts.isEmpty() || !model.usesPrecedingText()
                ? ""
                : before(item, messages, texts.getFirst().messageId());
        return ChunkMaker.draft(before, texts, strategy.get(), model);
    }

    /// Returns the content of the message before a message of the round.
    private String before(WorkItem item, List<Message> messages, UUID messageId) {
        for (int i = 1; i < messages.size(); i++) {
            if (messages.get(i).id().equals(messageId)) {
                return messages.get(i - 1).content();
            }
        }
        return store.messages().before(item.session(), messages.getFirst().sequence()).map(Message::content).orElse("");
    }

    private Episode episode(WorkItem item, List<Message> messages, LanguageRound.Result<EpisodeWriter.Text> result,
            EpisodeVector vector) {
        EpisodeWriter.Text text = result.value();
        // The client sets the times: the first message need not be the earliest.
        List<Instant> times = messages.stream().map(Message::createdAt).sorted().toList();
        return new Episode(UuidCreator.getTimeOrderedEpochPlus1(), item.session(), item.roundId(),
                messages.stream().map(Message::id).toList(), text.title(), text.summary(),
                result.maker() == Maker.MODEL ? Episode.Method.LANGUAGE_MODEL : Episode.Method.EXTRACTIVE,
                times.getFirst(), times.getLast(), vector.vector(),
                vector.model());
    }
}
