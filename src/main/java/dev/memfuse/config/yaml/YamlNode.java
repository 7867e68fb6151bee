package dev.memfuse.config.yaml;

import java.util.List;
import java.util.Map;

import dev.memfuse.config.ConfigProblem.Position;

/// A value of a YAML text with its position, for files that are not the configuration.
public sealed interface YamlNode {
    /// Returns the position of the value.
    Position position();

    /// A text, number, boolean or nothing.
    ///
    /// @param text the value as it is written, without quotes; empty for nothing
    record Scalar(String text, Position position) implements YamlNode {}

    /// A list.
    record Sequence(List<YamlNode> items, Position position) implements YamlNode {}

    /// A section.
    ///
    /// @param entries values by key, in the order of the file
    /// @param keys positions of the keys
    record Section(Map<String, YamlNode> entries, Map<String, Position> keys, Position position) implements YamlNode {}
}
