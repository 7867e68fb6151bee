package dev.memfuse.server.rest;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import org.jspecify.annotations.Nullable;

/// The routes of knowledge: the facts of a user. Facts come from messages; knowledge made by hand is not implemented.
record KnowledgeRoutes(Lookups lookups) {
    private static final String ALL = "/api/v1/users/{user_id}/knowledge";
    private static final int LIMIT = 10_000;
    private static final Model ADD = new Model("KnowledgeAdd",
            List.of(Model.required("knowledge", Model.Type.STRINGS)));
    private static final Model IDS = new Model("KnowledgeIds",
            List.of(Model.required("knowledge_ids", Model.Type.STRINGS)));
    private static final Model UPDATE = new Model("KnowledgeUpdate",
            List.of(Model.required("knowledge_ids", Model.Type.STRINGS),
                    Model.required("new_knowledge", Model.Type.STRINGS)));
    private static final String RETRIEVED = "Knowledge items retrieved successfully";

    List<Route> routes() {
        return List.of(
                Route.get(ALL, "listKnowledge", "Lists the current facts of a user, at most 10,000.", this::list),
                Route.of("POST", ALL, "addKnowledge", "Not implemented.", ApiException.NOT_IMPLEMENTED, ADD,
                        this::refuse),
                Route.of("POST", ALL + "/read", "readKnowledge", "Returns facts by their ids; unknown ids are skipped.",
                        Reply.OK, IDS, this::read),
                Route.of("PUT", ALL, "updateKnowledge", "Not implemented.", ApiException.NOT_IMPLEMENTED, UPDATE,
                        this::refuse),
                Route.of("DELETE", ALL, "deleteKnowledge", "Not implemented.", ApiException.NOT_IMPLEMENTED, IDS,
                        this::refuse));
    }

    private Reply list(ApiCall call) {
        UUID user = lookups.user(call, call.part("user_id")).user().id();
        return Reply.ok("knowledge", facts(call, user).stream().map(KnowledgeRoutes::document).toList(), RETRIEVED);
    }

    private static List<Fact> facts(ApiCall call, UUID user) {
        return call.engine().facts(user, FactQuery.current(LIMIT));
    }

    private Reply read(ApiCall call) {
        UUID user = lookups.user(call, call.part("user_id")).user().id();
        List<String> ids = call.body().texts("knowledge_ids");
        List<?> found = ids.isEmpty()
                ? List.of()
                : facts(call, user).stream().filter(fact -> ids.contains(fact.id().toString()))
                        .map(KnowledgeRoutes::document).toList();
        return Reply.ok("knowledge", found, RETRIEVED);
    }

    private static Map<String, @Nullable Object> document(Fact fact) {
        String observed = fact.time().observedAt().toString();
        return Reply.object("id", fact.id().toString(), "user_id", fact.session().userId().toString(), "content",
                fact.content(), "created_at", observed, "updated_at", observed);
    }

    private Reply refuse(ApiCall call) {
        lookups.user(call, call.part("user_id"));
        throw new ApiException(ApiException.NOT_IMPLEMENTED, "Knowledge comes from messages and cannot be changed by "
                + "hand. Add a message that states it, or delete the messages that it comes from.");
    }
}
