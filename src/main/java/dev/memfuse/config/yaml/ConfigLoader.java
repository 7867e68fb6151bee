package dev.memfuse.config.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.ConfigProblem.Position;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.schema.ConfigValidator;
import dev.memfuse.config.yaml.ParseResult.ParsedValue;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Builds a complete configuration in three steps, each overriding the one before: a base (the bundled defaults or
/// another configuration), a file or folder, and settings of the command line. Immutable, for any thread; the methods
/// `load` read files.
///
/// One [ConfigException] reports the problems of all inputs together.
public final class ConfigLoader {
    private static final YAMLMapper MAPPER = ConfigMapper.strict();

    private final ObjectNode base;
    private final List<String> overrides;

    /// A loader with the bundled defaults as its base.
    public ConfigLoader() {
        this(bundled(), List.of());
    }

    private ConfigLoader(ObjectNode base, List<String> overrides) {
        this.base = base;
        this.overrides = overrides;
    }

    /// Returns a loader with `config`, for instance a profile, as its base.
    public ConfigLoader over(MemFuseConfig config) {
        return new ConfigLoader(ConfigNodes.tree(MAPPER, config), overrides);
    }

    /// Returns a loader whose `settings`, each `key=value`, override base and file.
    public ConfigLoader withOverrides(List<String> settings) {
        return new ConfigLoader(base, List.copyOf(settings));
    }

    /// Returns the configuration without a file.
    ///
    /// @throws ConfigException when a setting is wrong
    public MemFuseConfig load() {
        return build(new ParseResult());
    }

    /// Returns the configuration with a YAML file, or a folder with the layout of the plan (`database/default.yaml`,
    /// ...), over the base.
    ///
    /// @throws ConfigException when it cannot be read, or a value is wrong
    public MemFuseConfig load(Path source) {
        var result = new ParseResult();
        ConfigFiles.read(source, result);
        return build(result);
    }

    /// Returns the configuration with a YAML text over the base.
    ///
    /// @param name name of the text in messages, in place of a file
    /// @throws ConfigException when a value is wrong
    public MemFuseConfig load(String name, String yaml) {
        var result = new ParseResult();
        YamlReader.read(name, yaml, "", result);
        return build(result);
    }

    private MemFuseConfig build(ParseResult fromFiles) {
        ParseResult fromCommandLine = Overrides.read(overrides);
        var problems = new ArrayList<>(fromFiles.problems());
        problems.addAll(fromCommandLine.problems());

        Map<String, ParsedValue> values = new HashMap<>(fromFiles.values());
        values.putAll(fromCommandLine.values());
        ObjectNode tree = base.deepCopy();
        values.forEach((path, parsed) -> ConfigNodes.put(tree, path, parsed.value()));
        MemFuseConfig config = MAPPER.treeToValue(tree, MemFuseConfig.class);

        ConfigValidator.ruleProblems(config).forEach(problem -> problems.add(withPosition(problem, values)));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private static ConfigProblem withPosition(ConfigProblem problem, Map<String, ParsedValue> values) {
        Optional<Position> position = Optional.ofNullable(values.get(problem.path())).map(ParsedValue::position);
        return new ConfigProblem(problem.path(), problem.message(), position);
    }

    private static ObjectNode bundled() {
        try (InputStream defaults = ConfigLoader.class.getResourceAsStream("/defaults.yaml")) {
            return (ObjectNode) MAPPER
                    .readTree(Objects.requireNonNull(defaults, "defaults.yaml is not in the program"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
