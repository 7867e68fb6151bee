package dev.memfuse.engine.memory.semantic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.config.section.LayersConfig;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.memory.layer.Encoder;
import dev.memfuse.engine.memory.layer.Interruption;
import dev.memfuse.engine.memory.layer.LanguageCalls;
import dev.memfuse.engine.memory.layer.LanguageRound;
import dev.memfuse.engine.memory.layer.LayerListener;
import dev.memfuse.engine.memory.layer.RoundLayer;
import dev.memfuse.engine.memory.text.Secrets;
import dev.memfuse.engine.memory.text.Statement;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.LayerStore.Stored;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.metrics.ExtractionStats.Maker;

/// M2: extracts facts from a round and merges them into the known facts. The changes are stored only when the known
/// facts are unchanged; otherwise the merge is repeated, without another call of the language model.
public final class SemanticLayer implements RoundLayer {
    private static final int MAX_ATTEMPTS = 20;
    private static final int LOCKS = 64;

    private final MemoryStore store;
    private final Encoder encoder;
    private final FactFinder finder;
    private final Supplier<LayersConfig.M2Config> config;
    private final LayerListener listener;
    private final ExtractionStats stats;
    private final FactCache known;
    /// Two rounds of one user merge one after the other; never held during a call of a model.
    private final List<ReentrantLock> locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

    /// @param stats counts the built rounds
    public SemanticLayer(MemoryStore store, Encoder encoder, FactFinder finder,
            Supplier<LayersConfig.M2Config> config, LayerListener listener, ExtractionStats stats) {
        this.store = store;
        this.encoder = encoder;
        this.finder = finder;
        this.config = config;
        this.listener = listener;
        this.stats = stats;
        this.known = new FactCache(store.facts());
    }

    /// Facts of a round and the judge of their contradictions.
    private record Extracted(List<Fact> facts, ConflictJudge judge) {}

    @Override
    public void build(WorkItem item, LanguageRound round) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Interruption.check();
            List<Message> messages = store.messages().ofRound(item.session().userId(), item.roundId());
            LanguageRound.Result<Extracted> result = messages.isEmpty()
                    ? new LanguageRound.Result<>(byWords(List.of()), Maker.RULES, "")
                    : round.choose(calls -> byModel(item, messages, calls),
                            () -> byWords(facts(item, finder.byRules(messages))));
            if (store(item, result, messages)) {
                return;
            }
        }
        throw new EngineException("The facts of the user changed too often during the merge of new ones.");
    }

    private static Extracted byWords(List<Fact> facts) {
        return new Extracted(facts, new WordJudge());
    }

    private Extracted byModel(WorkItem item, List<Message> messages, LanguageCalls calls) {
        List<Fact> fresh = facts(item, finder.byModel(messages, calls));
        UUID userId = item.session().userId();
        Map<Fact, List<Fact>> candidates = locked(userId, () -> FactMerger.candidates(known.of(userId).index(), fresh,
                config.get().conflictSimilarity()));
        return new Extracted(fresh, ConflictPrompt.ask(candidates, calls));
    }

    private <T> T locked(UUID userId, Supplier<T> work) {
        ReentrantLock lock = locks.get(Math.floorMod(userId.hashCode(), LOCKS));
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /// Merges and stores facts. Returns false when a message of the round was deleted in between.
    private boolean store(WorkItem item, LanguageRound.Result<Extracted> result, List<Message> messages) {
        UUID userId = item.session().userId();
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Interruption.check();
            Stored stored = locked(userId, () -> merge(item, result));
            if (stored == Stored.DONE) {
                stats.built(item.layer().name(), result.maker(), messages.size(), result.note());
            }
            if (stored != Stored.OUTDATED) {
                return true;
            }
            if (store.messages().ofRound(userId, item.roundId()).size() != messages.size()) {
                return false;
            }
        }
        return false;
    }

    private Stored merge(WorkItem item, LanguageRound.Result<Extracted> result) {
        UUID userId = item.session().userId();
        FactCache.Facts current = known.of(userId);
        Stored stored = Stored.OUTDATED;
        try {
            FactChanges changes = new FactMerger(current.index(), config.get().conflictSimilarity(),
                    result.value().judge()).merge(current.revision(), result.value().facts());
            stored = store.layers().storeFacts(item, changes, result.origin());
            if (stored == Stored.DONE) {
                known.stored(userId, current);
                listener.facts(userId, changes);
            }
            return stored;
        } finally {
            if (stored != Stored.DONE) {
                known.invalidate(userId);
            }
        }
    }

    private List<Fact> facts(WorkItem item, List<FactFinder.Found> found) {
        double minConfidence = config.get().minConfidence();
        List<FactFinder.Found> kept = found.stream().filter(one -> one.statement().confidence() >= minConfidence - 1e-9)
                .filter(one -> !holdsSecret(one.statement())).toList();
        List<float[]> vectors = encoder.embed(kept.stream().map(one -> one.statement().content()).toList());
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            facts.add(fact(item, kept.get(i), vectors.get(i)));
        }
        return facts;
    }

    private static boolean holdsSecret(Statement statement) {
        return Secrets.isIn(statement.content()) || statement.entities().stream().anyMatch(Secrets::isIn);
    }

    private Fact fact(WorkItem item, FactFinder.Found found, float[] vector) {
        Statement statement = found.statement();
        return new Fact(UuidCreator.getTimeOrderedEpochPlus1(), item.session(), item.roundId(),
                found.sources().stream().map(Message::id).toList(), statement.content(), statement.type(),
                statement.confidence(), statement.entities(), statement.claim(),
                FactTime.of(found.sources().getFirst().createdAt(), statement.happenedAt()), List.of(),
                vector, encoder.model().get().name());
    }
}
