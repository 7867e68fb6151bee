package dev.memfuse.cli.command;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.NotFoundException;

/// Finds the user that a command names.
final class UserLookup {
    private UserLookup() {}

    /// @throws NotFoundException when there is none
    static User find(MemoryEngine memory, String name) {
        return memory.user(name).orElseThrow(() -> new NotFoundException("There is no user named " + name + "."));
    }
}
