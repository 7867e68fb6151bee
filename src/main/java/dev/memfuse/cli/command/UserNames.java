package dev.memfuse.cli.command;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.StorageUnavailableException;

/// Looks up the names of users, each once. Not thread-safe.
final class UserNames {
    private static final String UNKNOWN = "-";

    private final MemoryEngine memory;
    private final Map<UUID, String> names = new HashMap<>();

    UserNames(MemoryEngine memory) {
        this.memory = memory;
    }

    /// Returns the name of a user, or `-` when there is no such user or the database cannot be reached.
    String of(UUID userId) {
        return names.computeIfAbsent(userId, this::find);
    }

    private String find(UUID userId) {
        try {
            return memory.user(userId).map(User::name).orElse(UNKNOWN);
        } catch (StorageUnavailableException e) {
            return UNKNOWN;
        }
    }
}
