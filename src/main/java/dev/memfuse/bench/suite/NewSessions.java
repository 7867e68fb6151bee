package dev.memfuse.bench.suite;

import java.util.List;
import java.util.stream.Stream;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;

/// Creates users, each with one agent and one session.
final class NewSessions {
    private NewSessions() {}

    static SessionKey one(MemoryEngine engine) {
        User user = engine.createUser("bench-" + UuidCreator.getTimeOrderedEpochPlus1());
        Agent agent = engine.createAgent(user.id(), "bench");
        return engine.createSession(user.id(), agent.id(), null).key();
    }

    static List<SessionKey> many(MemoryEngine engine, int number) {
        return Stream.generate(() -> one(engine)).limit(number).toList();
    }
}
