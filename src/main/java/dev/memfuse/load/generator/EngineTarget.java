package dev.memfuse.load.generator;

import java.util.List;
import java.util.UUID;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.MessageList;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.metrics.Trace;

/// The engine of this process as the target of a load. Thread-safe.
public record EngineTarget(MemoryEngine engine) implements LoadTarget {
    @Override
    public UUID createUser(String name, String runId) {
        return engine.loadData().createUser(name, runId).id();
    }

    @Override
    public UUID createAgent(UUID user, String name) {
        return engine.createAgent(user, name).id();
    }

    @Override
    public SessionKey createSession(UUID user, UUID agent, String name) {
        return engine.createSession(user, agent, name).key();
    }

    @Override
    public void prepareQueries(UUID user) {
        engine.prepareQueries(user);
    }

    @Override
    public Answer add(SessionKey session, List<NewMessage> messages) {
        AddResult result = engine.addBatch(session, messages);
        return new Answer(result.acknowledgement(), Trace.current()::stageNanos);
    }

    @Override
    public Answer query(UUID user, String text, int topK) {
        QueryResult _ = engine.query(user, text, topK);
        return new Answer(null, Trace.current()::stageNanos);
    }

    @Override
    public Answer list(SessionKey session, int limit) {
        MessageList _ = engine.messages(session, limit, Order.NEWEST_FIRST);
        return new Answer(null, Trace.current()::stageNanos);
    }
}
