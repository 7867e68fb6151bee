package dev.memfuse.config.yaml;

import java.time.Duration;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Converts configurations to Jackson's tree, the input of the binding to records.
final class ConfigNodes {
    private ConfigNodes() {}

    /// Returns all values of a configuration as a tree.
    static ObjectNode tree(YAMLMapper mapper, MemFuseConfig config) {
        ObjectNode tree = mapper.createObjectNode();
        // A section without keys is there all the same.
        tree.withObjectProperty("postgres").withObjectProperty("server");
        for (ConfigKey key : ConfigSchema.keys(config)) {
            put(tree, key.path(), ConfigValues.get(config, key.path()));
        }
        return tree;
    }

    /// Sets the value at a path; creates missing sections.
    static void put(ObjectNode tree, String path, Object value) {
        String[] names = path.split("\\.");
        ObjectNode section = tree;
        for (int i = 0; i < names.length - 1; i++) {
            section = section.withObjectProperty(names[i]);
        }
        section.set(names[names.length - 1], node(value));
    }

    private static JsonNode node(Object value) {
        return switch (value) {
            case Boolean flag -> BooleanNode.valueOf(flag);
            case Integer number -> IntNode.valueOf(number);
            case Double number -> DoubleNode.valueOf(number);
            case Duration time -> DecimalNode.valueOf(ConfigValues.seconds(time));
            default -> StringNode.valueOf(ConfigValues.word(value));
        };
    }
}
