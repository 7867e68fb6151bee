package dev.memfuse.config.yaml;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;

/// Writes a complete configuration as readable YAML: all keys in the order of the table, with the title of each section
/// as a comment above it.
public final class ConfigYaml {
    private static final String INDENT = "  ";

    private ConfigYaml() {}

    /// Returns the YAML of a configuration. [ConfigLoader] reads it back as an equal value.
    ///
    /// @param comment lines of the comment at the top, without the comment sign
    public static String write(MemFuseConfig config, List<String> comment) {
        Map<String, Object> values = new LinkedHashMap<>();
        ConfigSchema.keys(config).forEach(key -> values.put(key.path(), ConfigValues.get(config, key.path())));
        return write(values, comment);
    }

    /// Returns the YAML of some values; the keys that are not among them keep their defaults.
    ///
    /// @param values values by key, of the types of [ConfigValues#get] or words of choices
    /// @param comment lines of the comment at the top, without the comment sign
    public static String write(Map<String, Object> values, List<String> comment) {
        var yaml = new StringBuilder();
        comment.forEach(line -> yaml.append("# ").append(line).append('\n'));
        var before = new String[0];
        String title = "";
        for (ConfigKey key : ConfigSchema.keysWith(values.keySet())) {
            Object value = values.get(key.path());
            if (value == null) {
                continue;
            }
            String[] names = key.path().split("\\.");
            if (!key.section().equals(title)) {
                openSection(yaml, sharedDepth(before, names), key.section());
                title = key.section();
            }
            for (int depth = sharedDepth(before, names); depth < names.length - 1; depth++) {
                yaml.append(INDENT.repeat(depth)).append(names[depth]).append(":\n");
            }
            yaml.append(INDENT.repeat(names.length - 1)).append(names[names.length - 1]).append(": ")
                    .append(ConfigValues.print(value)).append('\n');
            before = names;
        }
        return values.isEmpty() ? yaml.append("{}\n").toString() : yaml.toString();
    }

    private static void openSection(StringBuilder yaml, int depth, String title) {
        yaml.append(depth == 0 ? "\n" : "").append(INDENT.repeat(depth)).append("# ").append(title).append('\n');
    }

    /// Returns the number of sections that two paths share.
    private static int sharedDepth(String[] before, String[] names) {
        int depth = 0;
        while (depth < Math.min(before.length, names.length) - 1 && before[depth].equals(names[depth])) {
            depth++;
        }
        return depth;
    }
}
