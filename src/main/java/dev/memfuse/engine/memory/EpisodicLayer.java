package dev.memfuse.engine.memory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.config.ChunkStrategy;
import dev.memfuse.engine.Chunk;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.LayerStore.Stored;
import dev.memfuse.engine.MemoryStore;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.WorkItem;

/// M1: chunks of what has none yet, and the episode of the round.
final class EpisodicLayer implements LayerWork {
    private final MemoryStore store;
    private final Encoder encoder;
    private final EpisodeWriter writer;
    private final Supplier<ChunkStrategy> strategy;
    private final BuiltLayers built;
    private final ChunkMaker chunks;

    EpisodicLayer(MemoryStore store, Encoder encoder, EpisodeWriter writer, Supplier<ChunkStrategy> strategy,
            BuiltLayers built) {
        this.store = store;
        this.encoder = encoder;
        this.writer = writer;
        this.strategy = strategy;
        this.built = built;
        this.chunks = new ChunkMaker(encoder.pool());
    }

    @Override
    public void build(WorkItem item) {
        // Again when a message was deleted meanwhile.
        while (buildOnce(item) == Stored.OUTDATED) {
            Interruption.check();
        }
    }

    private Stored buildOnce(WorkItem item) {
        UUID userId = item.session().userId();
        List<Message> messages = store.round(userId, item.roundId());
        if (messages.isEmpty()) {
            return store.storeEpisode(item, List.of(), Optional.empty(), "");
        }
        List<Chunk> made = chunksOf(item, messages);
        LanguageChoice.Made<EpisodeWriter.Text> text = writer.write(messages);
        Stored stored = store.storeEpisode(item, made, Optional.of(episode(item, messages, text)), text.note());
        if (stored == Stored.DONE) {
            built.chunks(userId, made);
        }
        return stored;
    }

    /// The buffers embed what passes through them; nothing is embedded twice.
    private List<Chunk> chunksOf(WorkItem item, List<Message> messages) {
        Set<UUID> chunked = store.chunkedMessages(item.session().userId(), item.roundId());
        List<ChunkMaker.Text> texts = messages.stream().filter(message -> !chunked.contains(message.id()))
                .map(ChunkMaker.Text::of).toList();
        return texts.isEmpty()
                ? List.of()
                : chunks.make(before(item, messages, texts.getFirst().messageId()), texts, strategy.get(),
                        encoder.model().get());
    }

    /// What was said before a message of the round, if the model wants to know.
    private String before(WorkItem item, List<Message> messages, UUID messageId) {
        if (!encoder.model().get().readsBefore()) {
            return "";
        }
        for (int i = 1; i < messages.size(); i++) {
            if (messages.get(i).id().equals(messageId)) {
                return messages.get(i - 1).content();
            }
        }
        return store.before(item.session(), messages.getFirst().sequence()).map(Message::content).orElse("");
    }

    private Episode episode(WorkItem item, List<Message> messages, LanguageChoice.Made<EpisodeWriter.Text> made) {
        EpisodeWriter.Text text = made.value();
        float[] vector = encoder.embed(List.of(text.title() + "\n" + text.summary())).getFirst();
        return new Episode(UuidCreator.getTimeOrderedEpochPlus1(), item.session(), item.roundId(),
                messages.stream().map(Message::id).toList(), text.title(), text.summary(),
                made.byModel() ? Episode.Method.LANGUAGE_MODEL : Episode.Method.EXTRACTIVE,
                messages.getFirst().createdAt(), messages.getLast().createdAt(), vector,
                encoder.model().get().name());
    }
}
