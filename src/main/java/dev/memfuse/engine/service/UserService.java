package dev.memfuse.engine.service;

import java.util.function.Supplier;

import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.Urgency;

/// The service of one user: what the plan's ServiceFactory builds and caches.
record UserService(UserWriter writer, UserReader reader) {

    static UserService build(UserState state, EngineComponents parts, Supplier<EmbeddingModel> model) {
        return new UserService(new UserWriter(state, parts, model), new UserReader(state, parts, model, Urgency.QUERY));
    }
}
