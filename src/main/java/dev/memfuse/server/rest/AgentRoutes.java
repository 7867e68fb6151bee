package dev.memfuse.server.rest;

import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.SharedAgents.SharedAgent;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.metrics.Operation;

/// The routes of agents, which are common to all users (ADR 0046).
record AgentRoutes(Lookups lookups) {
    private static final String ALL = "/api/v1/agents";
    private static final String ONE = ALL + "/{agent_id}";
    private static final String COMMON = "Agents are common to all users. Use a key for all users to change them.";
    private static final Model CREATE = Model.creation("AgentCreate");
    private static final Model UPDATE = Model.change("AgentUpdate");

    List<Route> routes() {
        return List.of(
                Route.get(ALL, "listAgents", "Lists all agents, or the one with a name.", this::list)
                        .with(new Route.Parameter("name", "string", "Name of one agent.")),
                Route.of("POST", ALL, "createAgent", "Creates an agent.", Reply.CREATED, CREATE, this::create),
                Route.get(ONE, "getAgent", "Returns an agent.", this::get),
                Route.of("PUT", ONE, "updateAgent", "Changes name or description of an agent.", Reply.OK, UPDATE,
                        this::update),
                Route.delete(ONE, "deleteAgent", "Deletes an agent. Sessions of users stay.", this::delete)
                        .as(Operation.DELETE));
    }

    private Reply list(ApiCall call) {
        Optional<String> name = call.query().get("name");
        if (name.isPresent()) {
            SharedAgent agent = Names.find(name.get(), call.engine().sharedAgents()::find)
                    .orElseThrow(() -> ApiException.unknownName("Agent", name.get()));
            return Reply.ok("agents", List.of(Documents.agent(agent)), "Agent retrieved successfully");
        }
        return Reply.ok("agents", call.engine().sharedAgents().list().stream().map(Documents::agent).toList(),
                "Agents retrieved successfully");
    }

    private Reply create(ApiCall call) {
        call.caller().requireAllUsers(COMMON);
        String name = call.body().required("name");
        try {
            SharedAgent agent = call.engine().sharedAgents().create(name, call.body().text("description"));
            return Reply.created("agent", Documents.agent(agent), "Agent created successfully");
        } catch (DuplicateNameException e) {
            throw ApiException.duplicate("Agent", name);
        }
    }

    private Reply get(ApiCall call) {
        return Reply.ok("agent", Documents.agent(lookups.agent(call, call.part("agent_id"))),
                "Agent retrieved successfully");
    }

    private Reply update(ApiCall call) {
        SharedAgent known = lookups.agent(call, call.part("agent_id"));
        call.caller().requireAllUsers(COMMON);
        Optional<String> name = call.body().text("name");
        try {
            SharedAgent updated = call.engine().sharedAgents().update(known.id(), name,
                    call.body().text("description"));
            lookups.removeAgent(known.id());
            return Reply.ok("agent", Documents.agent(updated), "Agent updated successfully");
        } catch (DuplicateNameException e) {
            throw ApiException.duplicate("Agent", name.orElse(""));
        }
    }

    private Reply delete(ApiCall call) {
        SharedAgent known = lookups.agent(call, call.part("agent_id"));
        call.caller().requireAllUsers(COMMON);
        call.engine().sharedAgents().delete(known.id());
        lookups.removeAgent(known.id());
        return Reply.ok("agent_id", known.id().toString(), "Agent deleted successfully");
    }
}
