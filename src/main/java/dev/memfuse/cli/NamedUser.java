package dev.memfuse.cli;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NotFoundException;
import dev.memfuse.engine.User;

/// Finds the user that a command names.
final class NamedUser {
    private NamedUser() {}

    /// @throws NotFoundException when there is none
    static User find(MemoryEngine memory, String name) {
        return memory.user(name).orElseThrow(() -> new NotFoundException("There is no user named " + name + "."));
    }
}
