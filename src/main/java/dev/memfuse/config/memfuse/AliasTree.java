package dev.memfuse.config.memfuse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads YAML with aliases (`*name`) and merged sections (`<<: *name`), which Jackson's tree leaves as the texts of
/// their names. Not thread-safe: one instance for each text.
final class AliasTree {
    private static final int MAX_DEPTH = 100;
    /// Aliases of aliases can grow without limit.
    private static final int MAX_NODES = 100_000;
    private static final String MERGE = "<<";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private int nodes;

    private AliasTree() {}

    /// Returns whether a text may have aliases.
    static boolean mayApply(String text) {
        return text.indexOf('&') >= 0 && text.indexOf('*') >= 0;
    }

    /// Returns the tree of a text that Jackson read without an error.
    ///
    /// @throws IllegalArgumentException when the aliases make it too large or too deep
    static JsonNode read(String text) {
        AliasTree tree = new AliasTree();
        return new Compose(LoadSettings.builder().build()).composeString(text).map(root -> tree.node(root, 0))
                .orElseGet(NODES::missingNode);
    }

    private JsonNode node(Node node, int depth) {
        nodes++;
        if (nodes > MAX_NODES || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("its aliases make it too large");
        }
        return switch (node) {
            case MappingNode mapping -> object(mapping, depth);
            case SequenceNode sequence -> array(sequence, depth);
            case ScalarNode scalar -> scalar(scalar);
            default -> NODES.nullNode();
        };
    }

    private ObjectNode object(MappingNode mapping, int depth) {
        ObjectNode own = NODES.objectNode();
        List<JsonNode> merged = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            JsonNode value = node(tuple.getValueNode(), depth + 1);
            if (key.equals(MERGE)) {
                merged.addAll(value.isArray() ? List.copyOf(value.values()) : List.of(value));
            } else {
                own.set(key, value);
            }
        }
        ObjectNode all = NODES.objectNode();
        // The section itself decides, then the first of those that are merged into it.
        for (JsonNode section : merged.reversed()) {
            section.properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
        }
        own.properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
        return all;
    }

    private ArrayNode array(SequenceNode sequence, int depth) {
        ArrayNode array = NODES.arrayNode();
        sequence.getValue().forEach(value -> array.add(node(value, depth + 1)));
        return array;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return NODES.stringNode(text);
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "~", "null" -> NODES.nullNode();
            case "true" -> NODES.booleanNode(true);
            case "false" -> NODES.booleanNode(false);
            default -> NODES.stringNode(text);
        };
    }
}
