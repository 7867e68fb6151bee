package dev.memfuse.engine.memory.episodic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.config.section.ChunkStrategy;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.EmbeddingPool;
import dev.memfuse.engine.model.Passage;
import dev.memfuse.engine.spi.Chunk;

/// Splits messages into chunks within the window of the model and embeds them. Thread-safe.
public final class ChunkMaker {
    private final EmbeddingPool pool;

    public ChunkMaker(EmbeddingPool pool) {
        this.pool = pool;
    }

    /// A message to split.
    public record Text(UUID messageId, Role role, String content) {
        /// Returns the text of a message.
        public static Text of(NewMessage message) {
            return new Text(message.id(), message.role(), message.content());
        }

        /// Returns the text of a stored message.
        public static Text of(Message message) {
            return new Text(message.id(), message.role(), message.content());
        }
    }

    /// @param whole whether the content is that of a single message, unchanged
    private record Draft(List<UUID> messageIds, String content, boolean whole) {}

    /// Chunks whose vectors are missing.
    public static final class Drafts {
        private final List<Draft> drafts;
        private final List<Passage> passages;
        private final ChunkStrategy strategy;
        private final EmbeddingModel model;

        private Drafts(List<Draft> drafts, Map<UUID, String> preceding, ChunkStrategy strategy, EmbeddingModel model) {
            this.drafts = drafts;
            this.strategy = strategy;
            this.model = model;
            passages = drafts.stream()
                    .map(draft -> new Passage(preceding.getOrDefault(draft.messageIds().getFirst(), ""),
                            draft.content()))
                    .toList();
        }

        /// Returns the texts to embed, one for each chunk.
        public List<Passage> passages() {
            return passages;
        }

        /// Returns the chunks, and embeds only the texts without a known vector.
        ///
        /// @param known vectors of whole messages, as [#passages] has them
        /// @param embedding embeds passages
        List<Chunk> with(Function<UUID, Optional<float[]>> known, Function<List<Passage>, List<float[]>> embedding) {
            List<Optional<float[]>> found = drafts.stream()
                    .map(draft -> draft.whole()
                            ? known.apply(draft.messageIds().getFirst())
                            : Optional.<float[]>empty())
                    .toList();
            List<Passage> missing = new ArrayList<>();
            for (int i = 0; i < passages.size(); i++) {
                if (found.get(i).isEmpty()) {
                    missing.add(passages.get(i));
                }
            }
            Iterator<float[]> embedded = embedding.apply(missing).iterator();
            return with(found.stream().map(vector -> vector.orElseGet(embedded::next)).toList());
        }

        /// Returns the chunks.
        ///
        /// @param vectors vectors of the [#passages]
        public List<Chunk> with(List<float[]> vectors) {
            List<Chunk> chunks = new ArrayList<>();
            for (int i = 0; i < drafts.size(); i++) {
                Draft draft = drafts.get(i);
                chunks.add(new Chunk(UuidCreator.getTimeOrderedEpochPlus1(), draft.messageIds(), draft.content(),
                        strategy.name().toLowerCase(Locale.ROOT), model.countTokens(draft.content()), vectors.get(i),
                        model.chunkName()));
            }
            return chunks;
        }
    }

    /// Returns the chunks of a round at the beginning of its session. Blocks for the model.
    public List<Chunk> make(List<Text> texts, ChunkStrategy strategy, EmbeddingModel model) {
        return make("", texts, strategy, model);
    }

    /// Returns the chunks of a round. Blocks for the model.
    ///
    /// @param before content of the message before the round in its session; empty when there is none or it is unknown
    public List<Chunk> make(String before, List<Text> texts, ChunkStrategy strategy, EmbeddingModel model) {
        Drafts drafts = draft(before, texts, strategy, model);
        return drafts.with(pool.embedPassages(model, drafts.passages()));
    }

    /// Splits the messages of a round. The text of a chunk contains its messages only; the text to embed may include
    /// the preceding message, see [EmbeddingModel#chunkName].
    ///
    /// @param before content of the message before the round in its session; empty when there is none or it is unknown
    public static Drafts draft(String before, List<Text> texts, ChunkStrategy strategy, EmbeddingModel model) {
        List<Draft> drafts = switch (strategy) {
            case MESSAGE -> perMessage(texts, model);
            case TOKEN_BASED -> filled(texts, model);
        };
        return new Drafts(drafts, preceding(before, texts), strategy, model);
    }

    private static Map<UUID, String> preceding(String before, List<Text> texts) {
        Map<UUID, String> preceding = new HashMap<>();
        String previous = before;
        for (Text text : texts) {
            preceding.putIfAbsent(text.messageId(), previous);
            previous = text.content();
        }
        return preceding;
    }

    private static List<Draft> perMessage(List<Text> texts, EmbeddingModel model) {
        List<Draft> drafts = new ArrayList<>();
        for (Text text : texts) {
            model.split(text.content()).forEach(piece -> drafts.add(new Draft(List.of(text.messageId()), piece,
                    piece.equals(text.content()))));
        }
        return drafts;
    }

    private static List<Draft> filled(List<Text> texts, EmbeddingModel model) {
        List<Draft> drafts = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        StringBuilder content = new StringBuilder();
        for (Text text : texts) {
            for (String piece : model.split("[" + text.role() + "]: " + text.content())) {
                if (!ids.isEmpty() && !model.fits(content + "\n\n" + piece)) {
                    drafts.add(new Draft(List.copyOf(ids), content.toString(), false));
                    ids.clear();
                    content.setLength(0);
                }
                content.append(content.isEmpty() ? "" : "\n\n").append(piece);
                if (!ids.contains(text.messageId())) {
                    ids.add(text.messageId());
                }
            }
        }
        if (!ids.isEmpty()) {
            drafts.add(new Draft(List.copyOf(ids), content.toString(), false));
        }
        return drafts;
    }
}
