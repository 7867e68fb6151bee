package dev.memfuse.engine.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.exception.InvalidValueException;

/// Checks that the facts of a file that contradict each other name each other. Not thread-safe.
final class ConflictCheck {
    /// Numbers of the facts that name one that has not named them yet.
    private final Map<Pair, Long> pending = new LinkedHashMap<>();

    private record Pair(UUID fact, UUID other) {}

    /// Adds a fact.
    ///
    /// @param number number of its record
    /// @param others ids of the facts that it names, without repetitions
    /// @throws InvalidValueException when it names itself
    void add(long number, UUID fact, List<?> others) {
        for (Object one : others) {
            if (one instanceof UUID other) {
                if (other.equals(fact)) {
                    throw new InvalidValueException("fact.conflicts_with",
                            "fact.conflicts_with names the fact itself. Remove its id.");
                }
                if (pending.remove(new Pair(other, fact)) == null) {
                    pending.put(new Pair(fact, other), number);
                }
            }
        }
    }

    /// Returns the number of the first fact whose conflict the other fact does not name.
    Optional<Long> oneSided() {
        return pending.values().stream().min(Long::compare);
    }
}
