package dev.memfuse.engine.service;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.memory.layer.LayerListener;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.VectorStore.StaleVector;

/// Tells the users' indexes what M1 and M2 made; answers that were remembered without it are old.
///
/// @param states of the users that this engine has served
record IndexFeed(Map<UUID, UserState> states) implements LayerListener {

    @Override
    public void chunks(UUID userId, List<Chunk> chunks) {
        state(userId).ifPresent(state -> {
            state.index().chunked(chunks);
            state.queries().written();
        });
    }

    @Override
    public void facts(UUID userId, FactChanges changes) {
        state(userId).ifPresent(state -> {
            state.index().learned(changes.added().stream().filter(fact -> fact.time().current()).toList());
            if (!changes.superseded().isEmpty()) {
                // What does not hold any more leaves the index when it is compared with the database.
                state.index().doubted();
            }
            state.queries().written();
        });
    }

    /// Vectors were made again by another model.
    void replaced(UUID userId, DerivedLayer layer, String model, List<StaleVector> texts, Map<UUID, float[]> vectors) {
        switch (layer) {
            case M1 ->
                chunks(userId, texts.stream().map(text -> new Chunk(text.id(), text.messageIds(), text.content(), "",
                        0, Objects.requireNonNull(vectors.get(text.id())), model)).toList());
            case M2 -> state(userId).ifPresent(state -> {
                state.index().doubted();
                state.queries().written();
            });
        }
    }

    private Optional<UserState> state(UUID userId) {
        return Optional.ofNullable(states.get(userId));
    }
}
