package dev.memfuse.config.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.convert.Conversion.Line;
import dev.memfuse.config.convert.Conversion.Outcome;
import dev.memfuse.config.memfuse.MemFuseTree;
import dev.memfuse.config.memfuse.TreeValue;
import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.config.schema.Scalar;
import dev.memfuse.config.schema.ScalarResult;
import dev.memfuse.config.secret.SecretKeys;
import dev.memfuse.config.secret.UrlSecrets;
import dev.memfuse.config.yaml.ConfigLoader;
import dev.memfuse.config.yaml.ConfigYaml;

/// Converts a configuration of MemFuse. Not thread-safe: one instance for each conversion.
public final class Converter {
    private static final List<String> COMMENT = List.of("Converted from a configuration of MemFuse. Keys that are not "
            + "here keep their defaults.");

    private final Map<String, Object> values = new LinkedHashMap<>();
    /// The key of MemFuse's that decides, by the key of this program.
    private final Map<String, String> sources = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();
    private final DatabaseAddress address = new DatabaseAddress();

    private Converter() {}

    /// Reads and converts a tree of files. Writes nothing.
    ///
    /// @param source MemFuse's folder `config`, the folder above it, or one file
    /// @throws ConfigException when it cannot be read
    public static Conversion convert(Path source) {
        return new Converter().converted(MemFuseTree.read(source));
    }

    private Conversion converted(MemFuseTree.Reading reading) {
        Map<String, TreeValue> found = new LinkedHashMap<>();
        reading.values().forEach(value -> found.put(value.path(), value));
        for (String key : KeyRules.keys()) {
            KeyRules.rule(key).filter(_ -> found.containsKey(key))
                    .ifPresent(rule -> sources.putIfAbsent(rule.target(), key));
        }
        found.values().forEach(this::convert);
        lines.addAll(address.lines());
        address.url().ifPresent(url -> values.put(DatabaseAddress.URL, url));
        reading.unused().forEach(file -> lines.add(new Line(file.toString(), Outcome.NO_COUNTERPART,
                "the configuration does not use this file")));
        removeRefused();
        return new Conversion(ConfigYaml.write(values, COMMENT), List.copyOf(lines));
    }

    private void convert(TreeValue value) {
        if (address.take(value)) {
            return;
        }
        String name = value.path().substring(value.path().lastIndexOf('.') + 1);
        Optional<KeyRules.Rule> rule = KeyRules.rule(value.path())
                .or(() -> ConfigSchema.find(value.path()).map(key -> new KeyRules.Rule(key.path(), text -> text)));
        if (SecretKeys.isSecret(name) && !value.path().startsWith("server.")) {
            // Also where MemFuse has no such key: a secret is never repeated.
            add(value, Outcome.NEEDS_A_DECISION, SecretKeys.problem(name));
        } else if (rule.isPresent()) {
            take(value, rule.get());
        } else {
            String text = UrlSecrets.redacted(value.value().orElse(value.written()));
            KeyRules.decision(value.path(), text).ifPresentOrElse(
                    decision -> add(value, Outcome.NEEDS_A_DECISION, decision),
                    () -> add(value, Outcome.NO_COUNTERPART, KeyRules.reason(value.path())));
        }
    }

    private void take(TreeValue value, KeyRules.Rule rule) {
        String decides = sources.getOrDefault(rule.target(), value.path());
        if (!decides.equals(value.path())) {
            add(value, Outcome.NO_COUNTERPART, decides + " decides " + rule.target());
            return;
        }
        if (value.value().isEmpty()) {
            add(value, Outcome.NEEDS_A_DECISION, "set " + rule.target() + ": " + UrlSecrets.redacted(value.written())
                    + " has no value outside MemFuse");
            return;
        }
        ConfigKey key = ConfigSchema.require(rule.target());
        String text = rule.translation().apply(value.value().get());
        switch (Scalar.ofInput(key.range().type(), text).read(key.range())) {
            case ScalarResult.Value(Object accepted) -> {
                values.put(key.path(), accepted);
                add(value, Outcome.TAKEN_OVER, key.path() + ": " + UrlSecrets.redacted(ConfigValues.print(accepted)));
            }
            case ScalarResult.Problem(String sentence) ->
                add(value, Outcome.NEEDS_A_DECISION, "set " + key.path() + ": " + sentence);
        }
    }

    private void add(TreeValue value, Outcome outcome, String detail) {
        lines.add(new Line(value.path(), outcome, detail));
    }

    /// Leaves out the values that break a rule of several values or of addresses, so that the result can be used.
    private void removeRefused() {
        try {
            MemFuseConfig _ = new ConfigLoader().load("the result", ConfigYaml.write(values, COMMENT));
        } catch (ConfigException refused) {
            for (ConfigProblem problem : refused.problems()) {
                if (values.remove(problem.path()) != null) {
                    String source = sources.getOrDefault(problem.path(), problem.path());
                    lines.removeIf(line -> line.key().equals(source));
                    lines.add(new Line(source, Outcome.NEEDS_A_DECISION,
                            "set " + problem.path() + ": " + problem.message()));
                }
            }
        }
    }
}
