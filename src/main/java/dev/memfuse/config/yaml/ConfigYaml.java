package dev.memfuse.config.yaml;

import java.util.List;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;

/// Writes a complete configuration as YAML that a person likes to read: all keys in the order of the table, a
/// comment above each section.
public final class ConfigYaml {
    private static final String INDENT = "  ";

    private ConfigYaml() {}

    /// The YAML of a configuration, which [ConfigLoader] reads back as the same value.
    ///
    /// @param comment lines for the top of the file, without the comment sign
    public static String write(MemFuseConfig config, List<String> comment) {
        var yaml = new StringBuilder();
        comment.forEach(line -> yaml.append("# ").append(line).append('\n'));
        var before = new String[0];
        String title = "";
        for (ConfigKey key : ConfigSchema.keys()) {
            String[] names = key.path().split("\\.");
            if (!key.section().equals(title)) {
                openSection(yaml, shared(before, names), key.section());
                title = key.section();
            }
            for (int depth = shared(before, names); depth < names.length - 1; depth++) {
                yaml.append(INDENT.repeat(depth)).append(names[depth]).append(":\n");
            }
            yaml.append(INDENT.repeat(names.length - 1)).append(names[names.length - 1]).append(": ")
                    .append(ConfigValues.print(ConfigValues.get(config, key.path()))).append('\n');
            before = names;
        }
        return yaml.toString();
    }

    private static void openSection(StringBuilder yaml, int depth, String title) {
        yaml.append(depth == 0 ? "\n" : "").append(INDENT.repeat(depth)).append("# ").append(title).append('\n');
    }

    /// How many sections two paths have in common.
    private static int shared(String[] before, String[] names) {
        int depth = 0;
        while (depth < Math.min(before.length, names.length) - 1 && before[depth].equals(names[depth])) {
            depth++;
        }
        return depth;
    }
}
