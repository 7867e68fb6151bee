package dev.memfuse.engine.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/// Acknowledged messages by session, in their order, recorded outside the engine. Thread-safe.
final class Ledger {
    private final List<List<UUID>> acknowledged;

    Ledger(int sessions) {
        acknowledged = IntStream.range(0, sessions).<List<UUID>>mapToObj(_ -> new ArrayList<>()).toList();
    }

    /// Records a line of [EngineChild]. The last line of a killed program may be truncated; an incomplete id is
    /// ignored.
    synchronized void acknowledged(String line) {
        String[] parts = line.split(" ");
        List<UUID> ids = Arrays.stream(parts).skip(1).filter(part -> part.length() == 36).map(UUID::fromString)
                .toList();
        acknowledged.get(Integer.parseInt(parts[0])).addAll(ids);
    }

    synchronized void acknowledged(int session, List<UUID> ids) {
        acknowledged.get(session).addAll(ids);
    }

    synchronized int size() {
        return acknowledged.stream().mapToInt(List::size).sum();
    }

    /// Asserts that each acknowledged message is stored once, in its order. Stored messages without acknowledgement are
    /// ignored.
    synchronized void check(int session, List<UUID> stored) {
        Set<UUID> expected = new HashSet<>(acknowledged.get(session));
        assertEquals(acknowledged.get(session), stored.stream().filter(expected::contains).toList(),
                "session " + session);
    }
}
