package dev.memfuse.cli.command;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.NotFoundException;

/// Finds the user of a command by name.
final class UserLookup {
    private UserLookup() {}

    /// Returns the user with a name.
    ///
    /// @throws NotFoundException when no user has the name
    static User find(MemoryEngine memory, String name) {
        return memory.user(name).orElseThrow(() -> new NotFoundException("There is no user named " + name + "."));
    }
}
