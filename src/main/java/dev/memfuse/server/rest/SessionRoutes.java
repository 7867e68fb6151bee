package dev.memfuse.server.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.Directories.SessionEntry;
import dev.memfuse.engine.Directories.SessionFilter;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.exception.DuplicateNameException;
import org.jspecify.annotations.Nullable;

/// The routes of sessions.
record SessionRoutes(Lookups lookups) {
    private static final String ALL = "/api/v1/sessions";
    private static final String ONE = ALL + "/{session_id}";
    private static final int LIMIT = 10_000;
    private static final Model CREATE = new Model("SessionCreate",
            List.of(Model.required("user_id", Model.Type.STRING), Model.required("agent_id", Model.Type.STRING),
                    Model.optionalFilled("name")));
    private static final Model UPDATE = new Model("SessionUpdate", List.of(Model.optionalFilled("name")));

    List<Route> routes() {
        return List.of(
                Route.get(ALL, "listSessions", "Lists the sessions, at most 10,000.", this::list)
                        .with(new Route.Parameter("user_id", "string", "Only sessions of this user."),
                                new Route.Parameter("agent_id", "string", "Only sessions with this agent."),
                                new Route.Parameter("name", "string", "Only sessions of this name.")),
                Route.of("POST", ALL, "createSession", "Creates a session. Without a name, the unnamed session of user "
                        + "and agent is returned, with code 200 in the body, or created.",
                        Reply.CREATED, CREATE, this::create),
                Route.get(ONE, "getSession", "Returns a session.", this::get),
                Route.of("PUT", ONE, "updateSession", "Changes the name of a session.", Reply.OK, UPDATE,
                        this::update),
                Route.delete(ONE, "deleteSession", "Deletes a session with its messages.", this::delete));
    }

    private Reply list(ApiCall call) {
        Optional<UUID> user = call.query().get("user_id").map(id -> lookups.user(call, id).user().id())
                .or(call.caller()::userId);
        Optional<String> agent = call.query().get("agent_id");
        Optional<UUID> agentId = agent.map(id -> Lookups.id(id)
                .orElseThrow(() -> ApiException.unknown("Agent", "agent_id", id)));
        Optional<String> agentName = agentId
                .flatMap(id -> call.engine().sharedAgents().find(id).map(shared -> shared.name()));
        Optional<String> name = call.query().get("name");
        if (name.isEmpty()) {
            return listed(call, sessions(call, new SessionFilter(user, agentId, agentName, name, LIMIT)),
                    "Sessions retrieved successfully");
        }
        List<SessionEntry> found = Names.find(name.get(), each -> Optional
                .of(sessions(call, new SessionFilter(user, agentId, agentName, Optional.of(each), LIMIT)))
                .filter(list -> !list.isEmpty()))
                .orElseThrow(() -> ApiException.unknownName("Session", name.get()));
        return listed(call, found, "Session retrieved successfully");
    }

    private static List<SessionEntry> sessions(ApiCall call, SessionFilter filter) {
        return call.engine().directories().sessions(filter);
    }

    private Reply listed(ApiCall call, List<SessionEntry> sessions, String message) {
        return Reply.ok("sessions", sessions.stream().map(entry -> document(call, entry)).toList(), message);
    }

    private Map<String, @Nullable Object> document(ApiCall call, SessionEntry entry) {
        Session session = entry.session();
        return Documents.session(entry,
                lookups.sharedId(call.engine(), session.key().userId(), session.agentId()));
    }

    private Reply create(ApiCall call) {
        UUID user = lookups.user(call, call.body().required("user_id")).user().id();
        UUID agent = lookups.createAgentOf(call, user, call.body().required("agent_id"));
        Optional<String> name = call.body().text("name");
        Optional<SessionEntry> unnamed = name.isEmpty() ? unnamed(call, user, agent) : Optional.empty();
        if (unnamed.isPresent()) {
            // As the original: the status of the route, and another code in the body.
            return Reply.created("session", document(call, unnamed.get()), "Session already exists")
                    .withCode(Reply.OK);
        }
        try {
            Session session = call.engine().createSession(user, agent, name.orElse(null));
            SessionEntry entry = new SessionEntry(session, session.createdAt());
            lookups.put(entry);
            return Reply.created("session", document(call, entry), "Session created successfully");
        } catch (DuplicateNameException e) {
            throw ApiException.duplicate("Session", name.orElse(""));
        }
    }

    /// Returns the first session of a user with an agent that was created without a name.
    private static Optional<SessionEntry> unnamed(ApiCall call, UUID user, UUID agent) {
        return sessions(call, new SessionFilter(Optional.of(user), Optional.of(agent), Optional.empty(),
                Optional.empty(), LIMIT)).stream().filter(entry -> entry.session().isUnnamed()).findFirst();
    }

    private Reply get(ApiCall call) {
        return Reply.ok("session", document(call, lookups.session(call, call.part("session_id"))),
                "Session retrieved successfully");
    }

    private Reply update(ApiCall call) {
        SessionEntry known = lookups.session(call, call.part("session_id"));
        Optional<String> name = call.body().text("name");
        if (name.isEmpty()) {
            return Reply.ok("session", document(call, known), "Session updated successfully");
        }
        try {
            SessionEntry renamed = call.engine().directories().renameSession(known.session().key(), name.get());
            lookups.removeSession(known.session().key());
            return Reply.ok("session", document(call, renamed), "Session updated successfully");
        } catch (DuplicateNameException e) {
            throw ApiException.duplicate("Session", name.get());
        }
    }

    private Reply delete(ApiCall call) {
        Session known = lookups.session(call, call.part("session_id")).session();
        call.engine().deleteSession(known.key());
        lookups.removeSession(known.key());
        return Reply.ok("session_id", known.key().sessionId().toString(), "Session deleted successfully");
    }
}
