package dev.memfuse.load.dataset;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.memfuse.engine.Role;

/// Names of roles in data sets.
final class Roles {
    private Roles() {}

    /// Returns the role of a name; empty when it is none. `function` is the former name of `tool`.
    static Optional<Role> of(String name) {
        return name.equals("function")
                ? Optional.of(Role.TOOL)
                : Arrays.stream(Role.values()).filter(role -> role.label().equals(name)).findFirst();
    }

    /// Returns the names of all roles, for a message to the user.
    static String all() {
        return Arrays.stream(Role.values()).map(Role::label).collect(Collectors.joining(", "));
    }
}
