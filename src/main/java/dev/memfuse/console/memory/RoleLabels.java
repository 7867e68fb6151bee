package dev.memfuse.console.memory;

import java.util.Locale;

import javafx.util.StringConverter;

import dev.memfuse.engine.Role;
import org.jspecify.annotations.Nullable;

/// Labels of roles in choices.
final class RoleLabels extends StringConverter<Role> {
    @Override
    public String toString(@Nullable Role role) {
        return role == null ? "" : of(role);
    }

    static String of(Role role) {
        String name = role.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    @Override
    public Role fromString(String label) {
        return Role.valueOf(label.toUpperCase(Locale.ROOT));
    }
}
