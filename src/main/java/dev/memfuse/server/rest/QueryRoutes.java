package dev.memfuse.server.rest;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.Directories.ClientSession;
import dev.memfuse.engine.Directories.SessionEntry;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.metrics.Operation;
import org.jspecify.annotations.Nullable;

/// The route that queries the memory of a user.
record QueryRoutes(Lookups lookups) {
    private static final int DEFAULT_TOP_K = 5;
    private static final int MAX_TOP_K = 1_000;
    private static final Model QUERY = new Model("MemoryQuery", List.of(Model.required("query", Model.Type.STRING),
            Model.optional("session_id", Model.Type.STRING), Model.optional("agent_id", Model.Type.STRING),
            Model.defaulted("top_k", Model.Type.INTEGER),
            Model.choice("store_type", false, List.of("vector", "graph", "keyword")),
            Model.defaulted("include_messages", Model.Type.BOOLEAN),
            Model.defaulted("include_knowledge", Model.Type.BOOLEAN), Model.optional("metadata", Model.Type.OBJECT)));

    List<Route> routes() {
        return List.of(Route.of("POST", "/api/v1/users/{user_id}/query", "queryMemory", "Ranks the memory of a user "
                + "by vectors and words, whatever the store type.", Reply.OK, QUERY, this::query)
                .as(Operation.QUERY));
    }

    private Reply query(ApiCall call) {
        UUID user = lookups.user(call, call.part("user_id")).user().id();
        Body body = call.body();
        Optional<UUID> session = body.text("session_id").map(id -> session(call, user, id));
        Optional<String> agentText = body.text("agent_id");
        Optional<UUID> agent = agentText.flatMap(id -> lookups.agentOf(call, user, id));
        String text = body.required("query");
        int topK = body.integer("top_k", DEFAULT_TOP_K, 0, MAX_TOP_K);
        Set<MemoryLayer> layers = EnumSet.noneOf(MemoryLayer.class);
        if (body.flag("include_messages", true)) {
            layers.add(MemoryLayer.M0);
        }
        if (body.flag("include_knowledge", true)) {
            layers.add(MemoryLayer.M2);
        }
        if (text.isBlank() || topK == 0 || layers.isEmpty() || (agentText.isPresent() && agent.isEmpty())) {
            return reply(List.of());
        }
        QueryFilter filter = new QueryFilter(Set.of(), agent.map(Set::of).orElse(Set.of()), Optional.empty(),
                Optional.empty(), layers);
        QueryResult result = call.engine().query(user, QueryRequest.of(text, topK).within(filter));
        Map<UUID, ClientSession> sessions = lookups.sessions(call.engine(), user, result.hits().stream()
                .map(hit -> hit.message().session().sessionId()).filter(id -> !id.equals(Fact.NO_ID)).toList());
        return reply(result.hits().stream().map(hit -> hit(user, sessions, session, hit)).toList())
                .degraded(result.degraded());
    }

    private static Reply reply(List<?> results) {
        return new Reply(Reply.OK, Reply.object("results", results, "total", results.size()),
                "Memory query successful", true);
    }

    private UUID session(ApiCall call, UUID user, String id) {
        SessionEntry entry = lookups.session(call, id);
        if (!entry.session().key().userId().equals(user)) {
            throw ApiException.unknown("Session", "session_id", id);
        }
        return entry.session().key().sessionId();
    }

    private static Map<String, @Nullable Object> hit(UUID user, Map<UUID, ClientSession> sessions,
            Optional<UUID> asked, QueryResult.Hit hit) {
        Message message = hit.message();
        UUID sessionId = message.session().sessionId();
        boolean inSession = !sessionId.equals(Fact.NO_ID);
        Optional<ClientSession> session = Optional.ofNullable(sessions.get(sessionId));
        boolean raw = hit.layer() == MemoryLayer.M0;
        String createdAt = message.createdAt().toString();
        String source = source(hit);
        return Reply.object("id", hit.id().toString(), "content", hit.content(), "score", hit.score(), "type",
                raw ? "message" : "knowledge", "role", raw ? message.role().label() : null, "created_at", createdAt,
                "updated_at", message.editedAt().map(Instant::toString).orElse(createdAt), "metadata",
                Reply.object("user_id", user.toString(), "agent_id",
                        session.map(found -> found.agentId().toString()).orElse(null), "session_id",
                        inSession ? sessionId.toString() : null, "session_name",
                        session.map(found -> found.entry().session().name()).orElse(null), "scope",
                        asked.filter(_ -> inSession)
                                .map(id -> id.equals(sessionId) ? "in_session" : "cross_session").orElse(null),
                        "level", raw ? 0 : 1, "retrieval",
                        Reply.object("source", source, "method", "hybrid", "similarity", hit.score()), "source",
                        source, "conflicts_with", hit.conflictsWith().stream().map(UUID::toString).toList()));
    }

    private static String source(QueryResult.Hit hit) {
        if (hit.layer() != MemoryLayer.M0) {
            return "memory_database";
        }
        return switch (hit.message().origin()) {
            case ROUND_BUFFER -> "round_buffer";
            case HYBRID_BUFFER, IN_FLIGHT -> "hybrid_buffer";
            case DATABASE -> "memory_database";
        };
    }
}
