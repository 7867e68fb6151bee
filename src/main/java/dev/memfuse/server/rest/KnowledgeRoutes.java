package dev.memfuse.server.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.Knowledge;
import dev.memfuse.metrics.Operation;

/// The routes of knowledge: the current facts of a user, from messages or by hand.
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

    List<Route> routes() {
        return List.of(
                Route.get(ALL, "listKnowledge", "Lists the current facts of a user, at most 10,000.", this::list),
                Route.of("POST", ALL, "addKnowledge", "Adds facts by hand.", Reply.CREATED, ADD, this::add),
                Route.of("POST", ALL + "/read", "readKnowledge", "Returns facts by their ids; unknown ids are skipped.",
                        Reply.OK, IDS, this::read),
                Route.of("PUT", ALL, "updateKnowledge", "Replaces the contents of facts by their ids, one for one; "
                        + "unknown ids and surplus values are skipped.", Reply.OK, UPDATE, this::update),
                Route.of("DELETE", ALL, "deleteKnowledge", "Deletes facts by their ids; unknown ids are skipped.",
                        Reply.OK, IDS, this::delete).as(Operation.DELETE));
    }

    private UUID user(ApiCall call) {
        return lookups.user(call, call.part("user_id")).user().id();
    }

    private Reply list(ApiCall call) {
        return facts(call.engine().facts(user(call), FactQuery.current(LIMIT)));
    }

    private Reply read(ApiCall call) {
        UUID user = user(call);
        return facts(call.engine().knowledge().read(user, ids(call)));
    }

    private static Reply facts(List<Fact> facts) {
        return Reply.ok("knowledge", facts.stream().map(Documents::fact).toList(),
                "Knowledge items retrieved successfully");
    }

    /// Returns the ids of the body, without texts that are none: they name no fact.
    private static List<UUID> ids(ApiCall call) {
        return call.body().texts("knowledge_ids").stream().flatMap(text -> Lookups.id(text).stream()).distinct()
                .toList();
    }

    private Reply add(ApiCall call) {
        UUID user = user(call);
        List<String> contents = call.body().texts("knowledge");
        List<Fact> added = contents.isEmpty() ? List.of() : call.engine().knowledge().add(user, contents);
        return Reply.created("knowledge_ids", texts(added.stream().map(Fact::id).toList()),
                "Knowledge items added successfully");
    }

    private Reply update(ApiCall call) {
        UUID user = user(call);
        List<String> ids = call.body().texts("knowledge_ids");
        List<String> contents = call.body().texts("new_knowledge");
        Map<UUID, Knowledge.Change> changes = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(ids.size(), contents.size()); i++) {
            String content = contents.get(i);
            // As in the original, the last one of several contents for one id is kept.
            Lookups.id(ids.get(i)).ifPresent(id -> changes.put(id, new Knowledge.Change(id, content)));
        }
        List<Fact> updated = changes.isEmpty()
                ? List.of()
                : call.engine().knowledge().update(user, List.copyOf(changes.values()));
        return Reply.ok("knowledge_ids", texts(updated.stream().map(Fact::id).toList()),
                "Knowledge items updated successfully");
    }

    private Reply delete(ApiCall call) {
        UUID user = user(call);
        List<UUID> ids = ids(call);
        return Reply.ok("knowledge_ids", ids.isEmpty() ? List.of() : texts(call.engine().knowledge().delete(user, ids)),
                "Knowledge items deleted successfully");
    }

    private static List<String> texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }
}
