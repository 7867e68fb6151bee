package dev.memfuse.config.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.connection.SavedConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads and writes the list of saved connections as YAML.
final class ConnectionsYaml {
    private static final String LIST = "connections";
    private static final String COMMENT = "# Connections of the Database page. User and password come from the "
            + "environment or a password file.\n";
    private static final YAMLMapper MAPPER = ConfigMapper.strict().rebuild()
            .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /// The connections of a text.
    ///
    /// @param usable connections that can be used
    /// @param problems a clause for each one that cannot, or one for the text as a whole; none repeats a secret
    record Content(List<SavedConnection> usable, List<String> problems) {}

    /// An entry of the list, as it is written.
    private record Entry(@Nullable String name, @Nullable String url, @Nullable String profile,
            @Nullable Boolean readOnly) {

        SavedConnection connection() {
            return new SavedConnection(name == null ? "" : name, url == null ? "" : url,
                    Optional.ofNullable(profile).filter(text -> !text.isBlank()), Boolean.TRUE.equals(readOnly));
        }
    }

    private ConnectionsYaml() {}

    /// Returns the connections of a text.
    static Content read(String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            return damaged(YamlFailures.reason(e));
        }
        if (!(root instanceof ObjectNode map) || map.size() != 1 || !(map.get(LIST) instanceof ArrayNode entries)) {
            return damaged("it has no list named " + LIST);
        }
        List<SavedConnection> usable = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (int at = 0; at < entries.size(); at++) {
            Optional<String> problem = read(entries.get(at), usable);
            int number = at + 1;
            problem.ifPresent(sentence -> problems.add("connection " + number + ": " + sentence));
        }
        return new Content(List.copyOf(usable), List.copyOf(problems));
    }

    private static Content damaged(String problem) {
        return new Content(List.of(), List.of(problem));
    }

    /// Adds the connection of a node, unless it has a problem.
    private static Optional<String> read(JsonNode node, List<SavedConnection> usable) {
        SavedConnection connection;
        try {
            connection = MAPPER.treeToValue(node, Entry.class).connection();
        } catch (JacksonException _) {
            // Its message repeats values.
            return Optional.of("It is not a connection with name, url, profile and read_only.");
        }
        Optional<String> problem = connection.problem();
        if (problem.isEmpty() && usable.stream().anyMatch(other -> other.isNamed(connection.name()))) {
            problem = Optional.of("Another one has its name.");
        }
        if (problem.isEmpty()) {
            usable.add(connection);
        }
        return problem;
    }

    /// Returns the text of connections, which [#read] reads.
    static String write(List<SavedConnection> connections) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode entries = root.putArray(LIST);
        for (SavedConnection connection : connections) {
            ObjectNode entry = entries.addObject();
            entry.put("name", connection.name());
            entry.put("url", connection.url());
            connection.profile().ifPresent(profile -> entry.put("profile", profile));
            if (connection.readOnly()) {
                entry.put("read_only", true);
            }
        }
        return COMMENT + MAPPER.writeValueAsString(root);
    }
}
