package dev.memfuse.engine.service;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Chunk;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.memory.BuiltLayers;

/// Tells the users' indexes what M1 and M2 made; answers that were remembered without it are old.
///
/// @param states of the users that this engine has served
record IndexFeed(Map<UUID, UserState> states) implements BuiltLayers {

    @Override
    public void chunks(UUID userId, List<Chunk> chunks) {
        state(userId).ifPresent(state -> {
            state.index().chunked(chunks);
            state.queries().written();
        });
    }

    @Override
    public void facts(UUID userId, List<Fact> facts) {
        state(userId).ifPresent(state -> {
            state.index().learned(facts);
            state.queries().written();
        });
    }

    private Optional<UserState> state(UUID userId) {
        return Optional.ofNullable(states.get(userId));
    }
}
