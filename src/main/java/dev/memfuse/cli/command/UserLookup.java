package dev.memfuse.cli.command;

import java.util.UUID;
import java.util.regex.Pattern;

import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.exception.StorageUnavailableException;

/// Finds the user of a command by name or id.
final class UserLookup {
    private static final Pattern ID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private UserLookup() {}

    /// Returns the user with a name.
    ///
    /// @throws NotFoundException when no user has the name
    static User find(MemoryEngine memory, String name) {
        return memory.user(name).orElseThrow(() -> new NotFoundException("There is no user named " + name + "."));
    }

    /// Returns the id of a user that is given by name or by id. A user need not exist to be given by id.
    ///
    /// @throws NotFoundException when the text is no id and no user has it as name
    static UUID findId(MemoryEngine memory, String nameOrId) {
        if (!ID.matcher(nameOrId).matches()) {
            return find(memory, nameOrId).id();
        }
        UUID id = UUID.fromString(nameOrId);
        try {
            return memory.user(nameOrId).map(User::id).orElse(id);
        } catch (StorageUnavailableException e) {
            return id;
        }
    }
}
