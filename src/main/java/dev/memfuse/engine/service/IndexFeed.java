package dev.memfuse.engine.service;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.memory.layer.LayerListener;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.VectorStore.StaleVector;

/// Updates the users' indexes with results of M1 and M2, and invalidates cached answers.
record IndexFeed(UserStates states) implements LayerListener {

    @Override
    public void chunks(UUID userId, List<Chunk> chunks) {
        states.find(userId).ifPresent(state -> {
            state.index().addChunks(chunks);
            state.queries().invalidate();
        });
    }

    @Override
    public void facts(UUID userId, FactChanges changes) {
        states.find(userId).ifPresent(state -> {
            state.index().addFacts(changes.added().stream().filter(fact -> fact.time().current()).toList());
            if (!changes.superseded().isEmpty()) {
                // Reconciliation removes superseded facts from the index.
                state.index().markStale();
            }
            state.queries().invalidate();
        });
    }

    /// Called when vectors of messages were stored.
    void embedded(UUID userId, Map<UUID, float[]> vectors, String model) {
        states.find(userId).ifPresent(state -> {
            state.index().addVectors(vectors, model);
            state.queries().invalidate();
        });
    }

    /// Called after re-embedding replaced stored vectors.
    void replaced(UUID userId, DerivedLayer layer, String model, List<StaleVector> texts, Map<UUID, float[]> vectors) {
        switch (layer) {
            case M1 ->
                chunks(userId, texts.stream().map(text -> new Chunk(text.id(), text.messageIds(), text.content(), "",
                        0, Objects.requireNonNull(vectors.get(text.id())), model)).toList());
            case M2 -> states.find(userId).ifPresent(state -> {
                state.index().markStale();
                state.queries().invalidate();
            });
        }
    }
}
