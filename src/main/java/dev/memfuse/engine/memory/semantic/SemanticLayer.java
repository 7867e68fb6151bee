package dev.memfuse.engine.memory.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.config.section.LayersConfig;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.layer.Encoder;
import dev.memfuse.engine.memory.layer.Interruption;
import dev.memfuse.engine.memory.layer.LanguageChoice;
import dev.memfuse.engine.memory.layer.LayerListener;
import dev.memfuse.engine.memory.layer.LayerTask;
import dev.memfuse.engine.memory.text.Statement;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.LayerStore.Stored;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.WorkItem;

/// M2: extracts facts from a round and merges them into the known facts. The changes are stored only when the known
/// facts are unchanged; otherwise the merge is repeated.
public final class SemanticLayer implements LayerTask {
    private static final int MAX_ATTEMPTS = 20;

    private final MemoryStore store;
    private final Encoder encoder;
    private final FactFinder finder;
    private final LanguageChoice language;
    private final Supplier<LayersConfig.M2Config> config;
    private final LayerListener listener;
    private final FactCache known;

    public SemanticLayer(MemoryStore store, Encoder encoder, FactFinder finder, LanguageChoice language,
            Supplier<LayersConfig.M2Config> config, LayerListener listener) {
        this.store = store;
        this.encoder = encoder;
        this.finder = finder;
        this.language = language;
        this.config = config;
        this.listener = listener;
        this.known = new FactCache(store);
    }

    @Override
    public void build(WorkItem item) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Interruption.check();
            List<Message> messages = store.round(item.session().userId(), item.roundId());
            LanguageChoice.Result<List<FactFinder.Found>> found = finder.find(messages);
            if (store(item, facts(item, found.value()), found.note(), messages)) {
                return;
            }
        }
        throw new EngineException("The facts of the user changed too often during the merge of new ones.");
    }

    /// Merges and stores facts. Returns false when a message of the round was deleted in between.
    private boolean store(WorkItem item, List<Fact> fresh, String note, List<Message> messages) {
        UUID userId = item.session().userId();
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Interruption.check();
            List<String> notes = new ArrayList<>(List.of(note));
            FactMerger merger = new FactMerger(known.of(userId), config.get().conflictSimilarity(),
                    (one, candidates) -> judge(one, candidates, notes));
            FactChanges changes = merger.merge(fresh);
            Stored stored = store.storeFacts(item, changes, first(notes));
            if (stored == Stored.DONE) {
                known.stored(userId, changes.revision(), merger.current());
                listener.facts(userId, changes);
            }
            if (stored != Stored.OUTDATED) {
                return true;
            }
            if (store.round(userId, item.roundId()).size() != messages.size()) {
                return false;
            }
        }
        return false;
    }

    private static String first(List<String> notes) {
        return notes.stream().filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    private List<Fact> judge(Fact fresh, List<Fact> candidates, List<String> notes) {
        LanguageChoice.Result<List<Fact>> judged = language.choose(
                (model, limit) -> ConflictPrompt.contradicted(model, fresh, candidates, limit),
                () -> candidates.stream().filter(known -> Evidence.contradicts(fresh, known)).toList());
        notes.add(judged.note());
        return judged.value();
    }

    private List<Fact> facts(WorkItem item, List<FactFinder.Found> found) {
        double minConfidence = config.get().minConfidence();
        List<FactFinder.Found> kept = found.stream().filter(one -> one.statement().confidence() >= minConfidence - 1e-9)
                .toList();
        List<float[]> vectors = encoder.embed(kept.stream().map(one -> one.statement().content()).toList());
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            facts.add(fact(item, kept.get(i), vectors.get(i)));
        }
        return facts;
    }

    private Fact fact(WorkItem item, FactFinder.Found found, float[] vector) {
        Statement statement = found.statement();
        return new Fact(UuidCreator.getTimeOrderedEpochPlus1(), item.session(), item.roundId(),
                found.sources().stream().map(Message::id).toList(), statement.content(), statement.type(),
                statement.confidence(), statement.entities(), statement.claim(),
                FactTime.of(found.sources().getFirst().createdAt(), statement.happenedAt()), vector,
                encoder.model().get().name());
    }
}
