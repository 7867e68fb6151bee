package dev.memfuse.engine.memory;

import java.util.Optional;
import java.util.function.Supplier;

import dev.memfuse.config.Tunables;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.memory.episodic.EpisodeWriter;
import dev.memfuse.engine.memory.episodic.EpisodicLayer;
import dev.memfuse.engine.memory.layer.Encoder;
import dev.memfuse.engine.memory.layer.LanguageChoice;
import dev.memfuse.engine.memory.layer.LayerListener;
import dev.memfuse.engine.memory.layer.LayerTask;
import dev.memfuse.engine.memory.semantic.FactFinder;
import dev.memfuse.engine.memory.semantic.SemanticLayer;
import dev.memfuse.engine.memory.text.EnglishText;
import dev.memfuse.engine.memory.text.StatementReader;
import dev.memfuse.engine.memory.vectors.MessageVectors;
import dev.memfuse.engine.model.language.LanguageModel;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.WorkItem;

/// Builds one layer of a stored round. Blocks for the models and the store; holds no connection during a model call.
/// Thread-safe.
public final class LayerBuilder implements LayerTask {
    private final EpisodicLayer m1;
    private final SemanticLayer m2;
    private final MessageVectors vectors;

    /// @param model the language model in use; when empty, rules build the layers
    /// @param listener receives the results, so that the index of the user need not embed them again
    /// @param vectors embeds the messages of rounds whose M1 failed
    public LayerBuilder(MemoryStore store, Encoder encoder, Supplier<Optional<LanguageModel>> model,
            Tunables tunables, LayerListener listener, MessageVectors vectors) {
        this.vectors = vectors;
        EnglishText english = new EnglishText();
        LanguageChoice language = new LanguageChoice(model, () -> tunables.get().memoryService());
        m1 = new EpisodicLayer(store, encoder, new EpisodeWriter(language, english),
                () -> tunables.get().buffer().hybridBuffer().chunkStrategy(), listener);
        m2 = new SemanticLayer(store, encoder, new FactFinder(language, new StatementReader(english)), language,
                () -> tunables.get().layers().m2(), listener);
    }

    @Override
    public void build(WorkItem item) {
        switch (item.layer()) {
            case M1 -> m1.build(item);
            case M2 -> m2.build(item);
        }
    }

    @Override
    public void failed(WorkItem item) {
        if (item.layer() == DerivedLayer.M1) {
            vectors.addAll(item.session().userId());
        }
    }
}
