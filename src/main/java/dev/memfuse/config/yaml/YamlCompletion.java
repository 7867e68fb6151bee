package dev.memfuse.config.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ValueType;

/// Proposes keys and values at a place of a configuration that a person types. For any thread.
public final class YamlCompletion {
    private static final String FLAG_VALUES = "true or false";

    private YamlCompletion() {}

    /// A proposal.
    ///
    /// @param text replaces the characters from `from` to `to`
    /// @param meaning what it is, in a few words
    /// @param from index of the first character that it replaces
    /// @param to index behind the last one
    public record Proposal(String text, String meaning, int from, int to) {}

    /// Returns the proposals: the keys and sections that a section lacks, or behind a colon the values of a key. Empty
    /// in comments, in sections that do not exist, and for values that are free.
    ///
    /// @param caret index of the caret, 0..length
    public static List<Proposal> at(String yaml, int caret) {
        int start = yaml.lastIndexOf('\n', Math.max(0, caret - 1)) + 1;
        if (caret == 0) {
            start = 0;
        }
        String typed = yaml.substring(start, caret);
        if (typed.contains("#")) {
            return List.of();
        }
        int indent = indent(typed);
        String section = section(yaml.substring(0, start), indent);
        int colon = typed.indexOf(':');
        return colon < 0
                ? keys(yaml, section, typed.strip(), start, caret)
                : values(section, typed.substring(0, colon).strip(), typed.substring(colon + 1), caret);
    }

    private static List<Proposal> keys(String yaml, String section, String prefix, int start, int caret) {
        Set<String> present = present(yaml, section, start);
        List<Proposal> proposals = new ArrayList<>();
        for (String name : ConfigSchema.namesIn(section)) {
            if (name.startsWith(prefix) && !present.contains(name)) {
                String path = join(section, name);
                boolean isSection = ConfigSchema.isSection(path);
                proposals.add(new Proposal(isSection ? name + ":" : name + ": ",
                        isSection ? "section" : ConfigSchema.require(path).title(), caret - prefix.length(), caret));
            }
        }
        return proposals;
    }

    private static List<Proposal> values(String section, String name, String typed, int caret) {
        ConfigKey key = ConfigSchema.find(join(section, name)).orElse(null);
        if (key == null) {
            return List.of();
        }
        String prefix = typed.strip();
        List<String> all = key.range().type() == ValueType.BOOLEAN ? List.of("true", "false") : key.range().choices();
        // A value needs a blank behind the colon.
        String blank = typed.isEmpty() ? " " : "";
        return all.stream().filter(value -> value.startsWith(prefix))
                .map(value -> new Proposal(blank + value, meaning(key, value), caret - prefix.length(), caret))
                .toList();
    }

    private static String meaning(ConfigKey key, String value) {
        String risk = key.risk(value);
        return risk.isEmpty() ? key.range().type() == ValueType.BOOLEAN ? FLAG_VALUES : key.title() : risk;
    }

    private static String join(String section, String name) {
        return section.isEmpty() ? name : section + "." + name;
    }

    private static int indent(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    /// Returns the section of a line by the lines before it that are indented less.
    private static String section(String before, int indent) {
        String[] lines = before.split("\n", -1);
        List<String> names = new ArrayList<>();
        int limit = indent;
        for (int i = lines.length - 1; i >= 0 && limit > 0; i--) {
            String line = lines[i];
            String content = line.strip();
            int depth = indent(line);
            if (!content.isEmpty() && content.charAt(0) != '#' && depth < limit && content.indexOf(':') > 0) {
                names.addFirst(content.substring(0, content.indexOf(':')).strip());
                limit = depth;
            }
        }
        return String.join(".", names);
    }

    /// Returns the keys and sections that a section has already, except that of the line at `start`.
    private static Set<String> present(String yaml, String section, int start) {
        Set<String> present = new HashSet<>();
        List<String> path = new ArrayList<>();
        List<Integer> depths = new ArrayList<>();
        int at = 0;
        for (String line : yaml.split("\n", -1)) {
            String content = line.strip();
            int colon = content.indexOf(':');
            if (at != start && colon > 0 && content.charAt(0) != '#') {
                int depth = indent(line);
                while (!depths.isEmpty() && depths.getLast() >= depth) {
                    depths.removeLast();
                    path.removeLast();
                }
                String name = content.substring(0, colon).strip();
                if (String.join(".", path).equals(section)) {
                    present.add(name);
                }
                path.add(name);
                depths.add(depth);
            }
            at += line.length() + 1;
        }
        return present;
    }
}
