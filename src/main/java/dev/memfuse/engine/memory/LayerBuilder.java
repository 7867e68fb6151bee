package dev.memfuse.engine.memory;

import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.memory.episodic.EpisodeWriter;
import dev.memfuse.engine.memory.episodic.EpisodicLayer;
import dev.memfuse.engine.memory.layer.Encoder;
import dev.memfuse.engine.memory.layer.LanguageChoice;
import dev.memfuse.engine.memory.layer.LanguageRound;
import dev.memfuse.engine.memory.layer.LayerListener;
import dev.memfuse.engine.memory.layer.LayerTask;
import dev.memfuse.engine.memory.layer.RoundLayer;
import dev.memfuse.engine.memory.semantic.FactFinder;
import dev.memfuse.engine.memory.semantic.SemanticLayer;
import dev.memfuse.engine.memory.text.EnglishText;
import dev.memfuse.engine.memory.text.StatementReader;
import dev.memfuse.engine.memory.vectors.MessageVectors;
import dev.memfuse.engine.model.language.LanguageModel;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.metrics.ExtractionStats;

/// Builds one layer of a stored round. Blocks for the models and the store; holds no connection during a model call.
/// Thread-safe.
public final class LayerBuilder implements LayerTask {
    private final EpisodicLayer m1;
    private final SemanticLayer m2;
    private final MessageVectors vectors;
    private final LanguageChoice language;

    /// @param model the language model in use; when empty, rules build the layers
    /// @param listener receives the results, so that the index of the user need not embed them again
    /// @param vectors embeds the messages of rounds whose M1 failed
    /// @param stats counts the built rounds
    public LayerBuilder(MemoryStore store, Encoder encoder, Supplier<Optional<LanguageModel>> model,
            Tunables tunables, LayerListener listener, MessageVectors vectors, ExtractionStats stats) {
        this.vectors = vectors;
        EnglishText english = new EnglishText();
        language = new LanguageChoice(model, () -> tunables.get().memoryService(), () -> tunables.get().llm());
        m1 = new EpisodicLayer(store, encoder, new EpisodeWriter(english),
                () -> tunables.get().buffer().hybridBuffer().chunkStrategy(), listener, stats);
        m2 = new SemanticLayer(store, encoder, new FactFinder(new StatementReader(english)),
                () -> tunables.get().layers().m2(), listener, stats);
    }

    @Override
    public void build(WorkItem item) {
        LanguageRound round = language.begin(item);
        try {
            layer(item).build(item, round);
        } catch (RuntimeException | Error e) {
            round.unfinished();
            throw e;
        }
    }

    @Override
    public void buildByRules(WorkItem item, String reason) {
        layer(item).build(item, LanguageChoice.rules(reason));
    }

    @Override
    public boolean usesModel() {
        return language.usesModel();
    }

    private RoundLayer layer(WorkItem item) {
        return switch (item.layer()) {
            case M1 -> m1;
            case M2 -> m2;
        };
    }

    @Override
    public void failed(WorkItem item) {
        if (item.layer() == DerivedLayer.M1) {
            vectors.addAll(item.session().userId());
        }
    }
}
