package dev.memfuse.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.IndexVisitor;
import dev.memfuse.engine.spi.MemoryStore;

/// Collects all stored entries of a user.
public final class Everything implements IndexVisitor {
    final List<Message> messages = new ArrayList<>();
    final Map<UUID, float[]> vectors = new HashMap<>();
    public final List<Chunk> chunks = new ArrayList<>();
    final List<Fact> facts = new ArrayList<>();

    public static Everything of(MemoryStore store, UUID userId) {
        Everything everything = new Everything();
        store.index().read(userId, everything);
        return everything;
    }

    @Override
    public void erased(long time) {
        // Not an entry.
    }

    @Override
    public boolean needs(MemoryLayer layer, UUID id, long edited) {
        return true;
    }

    @Override
    public void message(Message message) {
        messages.add(message);
    }

    @Override
    public boolean needsVector(UUID messageId) {
        return true;
    }

    @Override
    public void vector(UUID messageId, float[] vector, String model) {
        vectors.put(messageId, vector);
    }

    @Override
    public void chunk(Chunk chunk) {
        chunks.add(chunk);
    }

    @Override
    public void fact(Fact fact) {
        facts.add(fact);
    }
}
