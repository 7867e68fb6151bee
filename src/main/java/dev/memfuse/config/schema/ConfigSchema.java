package dev.memfuse.config.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;

/// Finds keys and sections of the configuration by name. The keys themselves are the rows of `ConfigKeys`.
/// Immutable, for any thread.
public final class ConfigSchema {
    private static final Map<String, ConfigKey> KEYS = keysByPath();
    private static final Set<String> SECTIONS = sections();

    private static final int LONGEST_PATH = 100;
    private static final int SHOWN_NAMES = 30;

    private ConfigSchema() {}

    /// Returns all keys, in the order of the file.
    public static List<ConfigKey> keys() {
        return List.copyOf(KEYS.values());
    }

    /// Returns all keys and the settings of the embedded server that any of the configurations contains, in the order
    /// of the file.
    public static List<ConfigKey> keys(MemFuseConfig... configs) {
        return keysWith(Stream.of(configs).flatMap(config -> config.postgres().server().keySet().stream())
                .map(ServerKeys::path).toList());
    }

    /// Returns all keys and the settings of the embedded server among some paths, in the order of the file.
    public static List<ConfigKey> keysWith(Collection<String> paths) {
        List<ConfigKey> settings = paths.stream().distinct().sorted().flatMap(path -> ServerKeys.find(path).stream())
                .toList();
        if (settings.isEmpty()) {
            return keys();
        }
        List<ConfigKey> all = new ArrayList<>(KEYS.values());
        // They follow the other keys of their section.
        int last = all.size();
        while (!all.get(last - 1).path().startsWith(ServerKeys.PARENT)) {
            last--;
        }
        all.addAll(last, settings);
        return List.copyOf(all);
    }

    /// Returns the key of a path such as `buffer.bypass_mode`; empty when there is none.
    public static Optional<ConfigKey> find(String path) {
        return Optional.ofNullable(KEYS.get(path)).or(() -> ServerKeys.find(path));
    }

    /// Returns the key of a path.
    ///
    /// @throws ConfigException when there is none; the message names the nearest
    public static ConfigKey require(String path) {
        return find(path).orElseThrow(() -> new ConfigException(
                List.of(new ConfigProblem(TypedText.excerpt(path), unknown(path), Optional.empty()))));
    }

    /// Returns why there is no key of a path: "unknown key; did you mean buffer.bypass_mode?".
    public static String unknown(String path) {
        return ServerKeys.reserved(path).orElseGet(() -> "unknown key" + suggestion(path));
    }

    /// Returns the known key or section whose name is nearest to `path`; empty when none is near.
    public static Optional<String> nearest(String path) {
        if (path.length() > LONGEST_PATH) {
            return Optional.empty(); // a comparison takes time with the length of both
        }
        return path.startsWith(ServerKeys.PREFIX)
                ? NearestName.of(path, ServerKeys.paths())
                : NearestName.of(path, KEYS.keySet()).or(() -> NearestName.of(path, SECTIONS));
    }

    /// Returns whether `path` is a section, such as `buffer.journal`.
    public static boolean isSection(String path) {
        return SECTIONS.contains(path);
    }

    /// Returns the names of the keys and sections directly in a section, in the order of the file.
    ///
    /// @param section path of the section; empty for the root of the file
    public static List<String> namesIn(String section) {
        if (section.equals(ServerKeys.SECTION)) {
            return ServerKeys.names();
        }
        String prefix = section.isEmpty() ? "" : section + ".";
        return keysAndSections().stream().filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).split("\\.", 2)[0]).distinct().toList();
    }

    private static List<String> keysAndSections() {
        List<String> paths = new ArrayList<>(KEYS.keySet());
        int last = paths.size();
        while (!paths.get(last - 1).startsWith(ServerKeys.PARENT)) {
            last--;
        }
        paths.add(last, ServerKeys.SECTION);
        return paths;
    }

    /// Returns the first names of a section, for a message.
    public static String exampleNames(String section) {
        List<String> names = namesIn(section);
        return names.size() <= SHOWN_NAMES
                ? String.join(", ", names)
                : String.join(", ", ServerKeys.EXAMPLES) + ", and others of PostgreSQL";
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
        sections.add(ServerKeys.SECTION);
        return sections;
    }
}
