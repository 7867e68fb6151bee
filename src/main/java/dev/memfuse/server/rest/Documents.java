package dev.memfuse.server.rest;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.ApiKeys.ApiKey;
import dev.memfuse.engine.Directories.SessionEntry;
import dev.memfuse.engine.Directories.UserEntry;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.SharedAgents.SharedAgent;
import org.jspecify.annotations.Nullable;

/// The JSON objects of users, agents, sessions, messages and keys. Times are ISO 8601 in UTC.
final class Documents {
    private Documents() {}

    static Map<String, @Nullable Object> user(UserEntry entry) {
        return Reply.object("id", entry.user().id().toString(), "name", entry.user().name(), "description",
                entry.description().orElse(null), "created_at", entry.user().createdAt().toString(), "updated_at",
                entry.updatedAt().toString());
    }

    static Map<String, @Nullable Object> agent(SharedAgent agent) {
        return Reply.object("id", agent.id().toString(), "name", agent.name(), "description",
                agent.description().orElse(null), "created_at", agent.createdAt().toString(), "updated_at",
                agent.updatedAt().toString());
    }

    /// @param agentId id by which clients know the agent
    static Map<String, @Nullable Object> session(SessionEntry entry, UUID agentId) {
        return Reply.object("id", entry.session().key().sessionId().toString(), "user_id",
                entry.session().key().userId().toString(), "agent_id", agentId.toString(), "name",
                entry.session().name(), "created_at", entry.session().createdAt().toString(), "updated_at",
                entry.updatedAt().toString());
    }

    static Map<String, @Nullable Object> message(Message message) {
        String createdAt = message.createdAt().toString();
        return Reply.object("id", message.id().toString(), "session_id", message.session().sessionId().toString(),
                "role", message.role().label(), "content", message.content(), "created_at", createdAt, "updated_at",
                message.editedAt().map(Instant::toString).orElse(createdAt));
    }

    static Map<String, @Nullable Object> fact(Fact fact) {
        Instant observed = fact.time().observedAt();
        Instant created = fact.isByHand() ? fact.time().validFrom() : observed;
        return Reply.object("id", fact.id().toString(), "user_id", fact.session().userId().toString(), "content",
                fact.content(), "created_at", created.toString(), "updated_at", observed.toString(), "source",
                fact.isByHand() ? "by hand" : "messages", "conflicts_with",
                fact.conflictsWith().stream().map(UUID::toString).toList());
    }

    static Map<String, @Nullable Object> key(ApiKey key) {
        return Reply.object("id", key.id().toString(), "user_id", key.userId().map(UUID::toString).orElse(null),
                "name", key.name().orElse(null), "created_at", key.createdAt().toString(), "expires_at",
                key.expiresAt().map(Object::toString).orElse(null));
    }
}
