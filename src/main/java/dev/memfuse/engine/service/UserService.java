package dev.memfuse.engine.service;

import java.util.function.Supplier;

import dev.memfuse.engine.model.EmbeddingModel;
import dev.memfuse.engine.model.Urgency;

/// Service of one user, which [ServiceFactory] builds and caches (1.3 of the plan).
record UserService(UserWriter writer, UserMessages messages, UserQueries queries, UserActivity activity) {

    static UserService build(UserState state, ServiceContext context, Supplier<EmbeddingModel> model) {
        return new UserService(new UserWriter(state, context, model), new UserMessages(state, context),
                new UserQueries(state, context, model, Urgency.QUERY), state.activity());
    }
}
