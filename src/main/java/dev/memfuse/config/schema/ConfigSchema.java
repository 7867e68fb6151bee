package dev.memfuse.config.schema;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;

/// Finds keys and sections of the configuration by name. The keys themselves are the rows of `ConfigKeys`.
/// Immutable, for any thread.
public final class ConfigSchema {
    private static final Map<String, ConfigKey> KEYS = keysByPath();
    private static final Set<String> SECTIONS = sections();

    private static final int LONGEST_PATH = 100;

    private ConfigSchema() {}

    /// Returns all keys, in the order of the file.
    public static List<ConfigKey> keys() {
        return List.copyOf(KEYS.values());
    }

    /// Returns the key of a path such as `buffer.bypass_mode`; empty when there is none.
    public static Optional<ConfigKey> find(String path) {
        return Optional.ofNullable(KEYS.get(path));
    }

    /// Returns the key of a path.
    ///
    /// @throws ConfigException when there is none; the message names the nearest
    public static ConfigKey require(String path) {
        return find(path).orElseThrow(() -> new ConfigException(
                List.of(new ConfigProblem(shown(path), "unknown key" + suggestion(path), Optional.empty()))));
    }

    /// Returns a path as messages repeat it: shortened when it is longer than any key.
    public static String shown(String path) {
        return path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) + "…" : path;
    }

    /// Returns the known key or section whose name is nearest to `path`; empty when none is near.
    public static Optional<String> nearest(String path) {
        if (path.length() > LONGEST_PATH) {
            return Optional.empty(); // a comparison takes time with the length of both
        }
        return NearestName.of(path, KEYS.keySet()).or(() -> NearestName.of(path, SECTIONS));
    }

    /// Returns whether `path` is a section, such as `buffer.journal`.
    public static boolean isSection(String path) {
        return SECTIONS.contains(path);
    }

    /// Returns the names of the keys and sections directly in a section, in the order of the file.
    ///
    /// @param section path of the section; empty for the root of the file
    public static List<String> namesIn(String section) {
        String prefix = section.isEmpty() ? "" : section + ".";
        return KEYS.keySet().stream().filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("\\.", 2)[0]).distinct().toList();
    }

    /// Returns "; did you mean ...?" with the key or section nearest to an unknown key; empty when none is near.
    public static String suggestion(String path) {
        return suggestion(nearest(path));
    }

    /// Returns the suggestion for an unknown section; prefers sections to keys.
    public static String sectionSuggestion(String path) {
        return suggestion(NearestName.of(path, SECTIONS).or(() -> nearest(path)));
    }

    private static String suggestion(Optional<String> nearest) {
        return nearest.map(name -> "; did you mean " + name + "?").orElse("");
    }

    private static Map<String, ConfigKey> keysByPath() {
        var keys = new LinkedHashMap<String, ConfigKey>();
        ConfigKeys.all().forEach(key -> keys.put(key.path(), key));
        return keys;
    }

    private static Set<String> sections() {
        var sections = new LinkedHashSet<String>();
        for (String path : KEYS.keySet()) {
            for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
                sections.add(path.substring(0, dot));
            }
        }
        return sections;
    }
}
