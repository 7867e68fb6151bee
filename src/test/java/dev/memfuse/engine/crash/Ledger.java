package dev.memfuse.engine.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/// The acknowledged messages by session, in the order of acknowledgement, recorded outside the engine. Thread-safe.
final class Ledger {
    private final List<List<UUID>> acknowledged;

    Ledger(int sessions) {
        acknowledged = IntStream.range(0, sessions).<List<UUID>>mapToObj(_ -> new ArrayList<>()).toList();
    }

    /// Adds the ids in a line of [EngineChild]. The last line of a killed program may be incomplete: a part of an id is
    /// no acknowledgement.
    synchronized void add(String line) {
        String[] parts = line.split(" ");
        List<UUID> ids = Arrays.stream(parts).skip(1).filter(part -> part.length() == 36).map(UUID::fromString)
                .toList();
        acknowledged.get(Integer.parseInt(parts[0])).addAll(ids);
    }

    synchronized int size() {
        return acknowledged.stream().mapToInt(List::size).sum();
    }

    /// Asserts that all acknowledged messages are dead letters, or stored once and in order. Other stored messages are
    /// allowed.
    synchronized void check(int session, List<UUID> stored, Set<UUID> deadLetters) {
        Set<UUID> expected = new HashSet<>(acknowledged.get(session));
        assertEquals(acknowledged.get(session).stream().filter(id -> !deadLetters.contains(id)).toList(),
                stored.stream().filter(expected::contains).toList(), "session " + session);
    }
}
