package dev.memfuse.load.recording;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ServerKeys;
import dev.memfuse.config.secret.UrlSecrets;
import dev.memfuse.config.yaml.ConfigYaml;
import dev.memfuse.load.measure.ConfigTree;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Makes the text files of recordings. Recordings are given to others, so the files hold no secrets.
///
/// @param mask replaces the secrets in a text
public record RecordingTexts(UnaryOperator<String> mask) {
    private static final String DATABASE = "postgres.url";

    /// Returns a file with a value as JSON: records, maps, lists and numbers.
    public RecordingFile json(String name, Object value) {
        return RecordingFile.text(name, ResultJson.text(clean(ResultJson.tree(value))));
    }

    /// Returns a file with a configuration, without the address of the database.
    public RecordingFile config(String name, MemFuseConfig config) {
        return RecordingFile.text(name, config(ConfigTree.of(config)));
    }

    /// Returns the file with machine, JVM and database.
    ///
    /// @param properties environment of the result
    /// @param serverSettings settings of the database server
    public RecordingFile environment(Map<String, String> properties, Map<String, String> serverSettings) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("properties", properties);
        content.put("server_settings", serverSettings);
        return json(RecordingFile.ENVIRONMENT, content);
    }

    /// Returns the file with an excerpt of the log; empty without a line.
    public Optional<RecordingFile> log(List<String> lines) {
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(RecordingFile.text(RecordingFile.LOG,
                        lines.stream().map(this::text).collect(Collectors.joining("\n", "", "\n"))));
    }

    /// Replaces the secrets in every text of a tree.
    JsonNode clean(JsonNode tree) {
        switch (tree) {
            case ObjectNode object -> object.propertyNames().stream().toList()
                    .forEach(name -> object.set(name, clean(object.get(name))));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, clean(array.get(i)));
                }
            }
            case StringNode text -> {
                return StringNode.valueOf(text(text.asString()));
            }
            default -> {
                // A number, a boolean or null.
            }
        }
        return tree;
    }

    /// Replaces the secrets in a text.
    public String text(String text) {
        return mask.apply(isUrl(text) ? UrlSecrets.redacted(text) : text);
    }

    private static boolean isUrl(String text) {
        return (text.startsWith("jdbc:") || text.contains("://")) && text.chars().noneMatch(Character::isWhitespace);
    }

    /// Returns a configuration as YAML without the address of the database, which belongs to the machine, and without
    /// values that hold a secret.
    ///
    /// @param tree tree of YAML keys, as in a result
    String config(Map<String, Object> tree) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (ConfigKey key : ConfigSchema.keysWith(serverKeys(tree))) {
            Object value = value(tree, key.path());
            if (value != null && !key.path().equals(DATABASE)
                    && !(value instanceof String text && !text(text).equals(text))) {
                values.put(key.path(), value);
            }
        }
        return ConfigYaml.write(values, List.of("Configuration of the recorded run, without the address of the "
                + "database."));
    }

    private static List<String> serverKeys(Map<String, Object> tree) {
        return value(tree, ServerKeys.SECTION) instanceof Map<?, ?> settings
                ? settings.keySet().stream().map(name -> ServerKeys.path(name.toString())).toList()
                : List.of();
    }

    private static @Nullable Object value(Map<String, Object> tree, String path) {
        Object node = tree;
        for (String name : path.split("\\.", -1)) {
            node = node instanceof Map<?, ?> section ? section.get(name) : null;
        }
        return node;
    }
}
