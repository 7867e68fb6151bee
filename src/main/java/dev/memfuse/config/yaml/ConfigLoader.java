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
import dev.memfuse.config.yaml.ParseResult.Found;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Builds a complete configuration: the bundled defaults, or another configuration, then a file or a folder over it,
/// then overrides from the command line. Immutable, for any thread; the methods `load` read files.
///
/// Every problem of all inputs is found before one [ConfigException] is thrown.
public final class ConfigLoader {
    private static final YAMLMapper MAPPER = ConfigMapper.strict();

    private final ObjectNode base;
    private final List<String> overrides;

    /// Starts from the bundled defaults.
    public ConfigLoader() {
        this(bundled(), List.of());
    }

    private ConfigLoader(ObjectNode base, List<String> overrides) {
        this.base = base;
        this.overrides = overrides;
    }

    /// A loader that starts from `config`, for instance a profile, instead of the defaults.
    public ConfigLoader over(MemFuseConfig config) {
        return new ConfigLoader(ConfigNodes.tree(MAPPER, config), overrides);
    }

    /// A loader that lets `settings`, each `key=value`, have the last word.
    public ConfigLoader withOverrides(List<String> settings) {
        return new ConfigLoader(base, List.copyOf(settings));
    }

    /// The configuration with no file over it.
    ///
    /// @throws ConfigException when an override is wrong
    public MemFuseConfig load() {
        return finish(new ParseResult());
    }

    /// The configuration with a YAML file over it, or a folder laid out as the plan's (`database/default.yaml`, ...).
    ///
    /// @throws ConfigException when it cannot be read, or anything in it is wrong
    public MemFuseConfig load(Path source) {
        var findings = new ParseResult();
        ConfigFiles.read(source, findings);
        return finish(findings);
    }

    /// The configuration with a YAML text over it.
    ///
    /// @param name stands for the file in messages
    /// @throws ConfigException when anything in it is wrong
    public MemFuseConfig load(String name, String yaml) {
        var findings = new ParseResult();
        YamlReader.read(name, yaml, "", findings);
        return finish(findings);
    }

    private MemFuseConfig finish(ParseResult fromFiles) {
        ParseResult fromCommandLine = Overrides.read(overrides);
        var problems = new ArrayList<>(fromFiles.problems());
        problems.addAll(fromCommandLine.problems());

        Map<String, Found> values = new HashMap<>(fromFiles.values());
        values.putAll(fromCommandLine.values());
        ObjectNode tree = base.deepCopy();
        values.forEach((path, found) -> ConfigNodes.put(tree, path, found.value()));
        MemFuseConfig config = MAPPER.treeToValue(tree, MemFuseConfig.class);

        ConfigValidator.rules(config).forEach(problem -> problems.add(placed(problem, values)));
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private static ConfigProblem placed(ConfigProblem problem, Map<String, Found> values) {
        Optional<Position> position = Optional.ofNullable(values.get(problem.path())).map(Found::position);
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
