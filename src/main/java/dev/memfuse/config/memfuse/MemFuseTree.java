package dev.memfuse.config.memfuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FolderFiles;
import dev.memfuse.file.SmallFiles;
import dev.memfuse.file.Utf8;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads MemFuse's tree of configuration files as Hydra composes it: `config.yaml` lists in `defaults` which file of
/// which folder becomes which section; later values override earlier ones.
///
/// A folder without `config.yaml` is read as if it listed `default` of every folder; a single file like `config.yaml`,
/// with the files that it lists.
public final class MemFuseTree {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final int MAX_FILE_BYTES = 1_000_000;
    private static final int MAX_FILES = 200;
    private static final String DEFAULTS = "defaults";
    private static final String SELF = "_self_";
    private static final String GLOBAL = "_global_";
    private static final Pattern PACKAGE = Pattern.compile("(?m)^#\\s*@package\\s+(\\S+)");
    private static final Pattern PLACE = Pattern.compile("(?:override\\s+|optional\\s+)*([^@\\s]+)(?:@(\\S+))?");

    private final Path root;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, Path> places = new LinkedHashMap<>();
    private final Set<Path> read = new LinkedHashSet<>();

    private MemFuseTree(Path root) {
        this.root = root;
    }

    /// Returns whether a file or folder is a configuration of MemFuse, by the marks of Hydra and OmegaConf.
    public static boolean isOne(Path source) {
        Path base = base(source);
        if (Files.isRegularFile(base)) {
            return hasMarks(base);
        }
        return Files.isDirectory(base) && files(base).stream().anyMatch(MemFuseTree::hasMarks);
    }

    /// Reads a tree.
    ///
    /// @param source the folder `config`, the folder above it, or one file
    /// @return the values in the order of the files, and the files that the configuration does not use
    /// @throws ConfigException when a file cannot be read, or there is none
    public static Reading read(Path source) {
        Path base = base(source);
        if (!Files.exists(base)) {
            throw refused("there is no file or folder " + source);
        }
        Path root = Files.isDirectory(base) ? base : base.toAbsolutePath().resolve("..").normalize();
        MemFuseTree tree = new MemFuseTree(root);
        Path main = Files.isDirectory(base) ? tree.root.resolve("config.yaml") : base;
        if (Files.isRegularFile(main)) {
            tree.add(main, "", "");
        } else {
            files(base).stream().filter(file -> base.relativize(file).getNameCount() == 2
                    && file.getFileName().toString().matches("default\\.ya?ml"))
                    .forEach(file -> tree.add(file, base.relativize(file).getName(0).toString(), ""));
        }
        if (tree.values.isEmpty()) {
            throw refused(source + " holds no configuration of MemFuse; expected config.yaml, or folders such as "
                    + "database/ and buffer/ with default.yaml");
        }
        List<Path> unused = Files.isDirectory(base)
                ? files(base).stream().filter(file -> !tree.read.contains(file)).toList()
                : List.of();
        return new Reading(tree.resolved(), unused);
    }

    /// The values of a tree.
    ///
    /// @param unused files that the configuration does not use
    public record Reading(List<TreeValue> values, List<Path> unused) {}

    private static Path base(Path source) {
        Path inside = source.resolve("config");
        boolean above = Files.isDirectory(inside) && !Files.exists(source.resolve("config.yaml"))
                && (Files.exists(inside.resolve("config.yaml")) || Files.isDirectory(inside.resolve("database")));
        return above ? inside : source;
    }

    private static boolean hasMarks(Path file) {
        try {
            String text = text(file);
            return PACKAGE.matcher(text).find() || text.contains("${oc.") || text.startsWith("defaults:")
                    || text.contains("\ndefaults:");
        } catch (ConfigException _) {
            return false;
        }
    }

    /// Returns the YAML files of a tree: its own and those of its folders.
    private static List<Path> files(Path folder) {
        try {
            return FolderFiles.list(folder, 2, file -> file.toString().matches("(?i).*\\.ya?ml")).stream()
                    .limit(MAX_FILES).toList();
        } catch (IOException e) {
            throw refused("the folder " + folder + " cannot be read: " + FileFailures.clause(e));
        }
    }

    private static String text(Path file) {
        try {
            return Utf8.decode(SmallFiles.read(file, MAX_FILE_BYTES));
        } catch (SmallFiles.TooLargeException _) {
            throw refused("the file " + file + " is larger than 1 MB, so it is not a configuration");
        } catch (IOException e) {
            throw refused("the file " + file + " cannot be read: " + FileFailures.clause(e));
        }
    }

    private static ConfigException refused(String sentence) {
        return new ConfigException(List.of(new ConfigProblem("", sentence, Optional.empty())));
    }

    /// Adds a file and those that it lists.
    ///
    /// @param group folder of the file; empty for the root
    /// @param section section that the list names for it; empty uses that of the file or its folder
    private void add(Path file, String group, String section) {
        if (!read.add(file)) {
            return;
        }
        String text = text(file);
        JsonNode content = parsed(file, text);
        String target = section.isEmpty() ? packageOf(text, group) : section;
        boolean self = true;
        for (JsonNode entry : content.path(DEFAULTS)) {
            if (entry.isString() && entry.stringValue().equals(SELF)) {
                flatten(content, target, file);
                self = false;
            } else {
                addListed(entry, group, target);
            }
        }
        if (self) {
            flatten(content, target, file);
        }
    }

    private static JsonNode parsed(Path file, String text) {
        try {
            JsonNode content = YAML.readTree(text);
            if (content != null && (content.isObject() || content.isMissingNode() || content.isNull())) {
                return AliasTree.mayApply(text) ? AliasTree.read(text) : content;
            }
            throw refused(file + ": expected sections, found a list or a single value");
        } catch (YamlEngineException | IllegalArgumentException e) {
            throw refused(file + ": not valid YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        } catch (JacksonException e) {
            String place = e.getLocation() == null
                    ? ""
                    : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
            throw refused(file + place + ": not valid YAML: "
                    + String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse(""));
        }
    }

    private static String packageOf(String text, String group) {
        Matcher header = PACKAGE.matcher(text);
        String name = header.find() ? header.group(1) : group.replace('/', '.');
        return switch (name) {
            case GLOBAL -> "";
            case "_group_" -> group.replace('/', '.');
            default -> name.replace("_group_", group.replace('/', '.'));
        };
    }

    /// Adds an entry of a list: `group: name`, several names, or the name of a file beside the list.
    private void addListed(JsonNode entry, String group, String section) {
        if (entry.isString()) {
            int slash = entry.stringValue().lastIndexOf('/');
            addNamed(slash < 0 ? group : entry.stringValue().substring(0, slash),
                    entry.stringValue().substring(slash + 1), slash < 0 ? section : "");
            return;
        }
        for (Map.Entry<String, JsonNode> pair : entry.properties()) {
            Matcher place = PLACE.matcher(pair.getKey().strip());
            if (!place.matches() || pair.getKey().startsWith("hydra/") || pair.getKey().contains(" hydra/")) {
                continue;
            }
            String folder = place.group(1).startsWith("/")
                    ? place.group(1).substring(1)
                    : group.isEmpty() ? place.group(1) : group + "/" + place.group(1);
            String named = place.group(2) == null || place.group(2).equals(GLOBAL) ? "" : place.group(2);
            for (JsonNode name : pair.getValue().isArray() ? pair.getValue() : List.of(pair.getValue())) {
                if (!name.isNull()) {
                    addNamed(folder, name.asString(""), named);
                }
            }
        }
    }

    /// Adds a file by its group and name. A missing one is an error of MemFuse's own, and adds nothing.
    private void addNamed(String group, String name, String section) {
        for (String end : List.of("", ".yaml", ".yml")) {
            Path file = root.resolve(group).resolve(name + end).normalize();
            if (file.startsWith(root.normalize()) && Files.isRegularFile(file)) {
                add(file, group, section);
                return;
            }
        }
    }

    private void flatten(JsonNode node, String path, Path file) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String key = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
            if (field.getValue().isObject() && !field.getValue().isEmpty()) {
                flatten(field.getValue(), key, file);
            } else if (!field.getKey().equals(DEFAULTS) || !field.getValue().isArray()) {
                values.put(key, field.getValue());
                places.put(key, file);
            }
        }
    }

    private List<TreeValue> resolved() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((path, node) -> texts.put(path, text(node)));
        Interpolation interpolation = new Interpolation(Collections.unmodifiableMap(texts));
        List<TreeValue> found = new ArrayList<>();
        texts.forEach((path, text) -> found.add(new TreeValue(path, text, interpolation.resolve(path, text),
                Objects.requireNonNull(places.get(path)))));
        return found;
    }

    private static String text(JsonNode node) {
        return node.isNull() ? "null" : node.isValueNode() ? node.asString("") : node.toString();
    }
}
