package dev.memfuse.console.memory;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;

/// A user with an agent and a session, for messages that are written by hand.
///
/// @param session a session of the user
record FirstUser(User user, Session session) {
    private static final String USER = "me";
    private static final String AGENT = "assistant";
    private static final String SESSION = "First session";

    /// Creates the user, or what is missing of it after an attempt that failed halfway. Blocks.
    static FirstUser create(MemoryEngine engine) {
        User user = engine.user(USER).orElseGet(() -> engine.createUser(USER));
        var agent = engine.agent(user.id(), AGENT).orElseGet(() -> engine.createAgent(user.id(), AGENT));
        return new FirstUser(user, engine.sessions(user.id()).stream().findFirst()
                .orElseGet(() -> engine.createSession(user.id(), agent.id(), SESSION)));
    }
}
