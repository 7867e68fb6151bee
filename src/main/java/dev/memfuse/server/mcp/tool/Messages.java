package dev.memfuse.server.mcp.tool;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;

/// Messages as arguments: objects with a role and a content.
final class Messages {
    private static final String ROLE = "role";
    private static final String CONTENT = "content";
    /// Labels of the roles.
    static final List<String> ROLES = Arrays.stream(Role.values()).map(Role::label).toList();

    private Messages() {}

    /// @throws ArgumentException when it is no message
    static void check(Object value) {
        boolean valid = value instanceof Map<?, ?> message && Set.of(ROLE, CONTENT).equals(message.keySet())
                && ROLES.contains(message.get(ROLE)) && message.get(CONTENT) instanceof String content
                && !content.isBlank();
        if (!valid) {
            throw new ArgumentException("Each message must be an object with 'role' (" + String.join(", ", ROLES)
                    + ") and 'content', a text that is not blank.");
        }
    }

    /// Returns a checked value as a message.
    static NewMessage message(Map<?, ?> checked) {
        return NewMessage.of(Role.of(String.valueOf(checked.get(ROLE))), String.valueOf(checked.get(CONTENT)));
    }

    static Map<String, Object> schema() {
        return Map.of("type", "object", "properties",
                Map.of(ROLE, Map.of("type", "string", "enum", ROLES), CONTENT,
                        Map.of("type", "string", "minLength", 1)),
                "required", List.of(ROLE, CONTENT), "additionalProperties", false);
    }
}
