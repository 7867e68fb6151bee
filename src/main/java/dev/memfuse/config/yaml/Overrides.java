package dev.memfuse.config.yaml;

import java.util.List;

import dev.memfuse.config.ConfigProblem.Position;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.Scalar;
import dev.memfuse.config.schema.SecretKeys;

/// Values given on the command line as `key=value`.
final class Overrides {
    static final String SOURCE = "--set";

    private Overrides() {}

    /// Reads all of them; the position of a problem is the number of the option and the column in it.
    static ParseResult read(List<String> settings) {
        var findings = new ParseResult();
        for (int i = 0; i < settings.size(); i++) {
            setting(settings.get(i), i + 1, findings);
        }
        return findings;
    }

    private static void setting(String setting, int number, ParseResult findings) {
        int equals = setting.indexOf('=');
        String path = (equals < 0 ? setting : setting.substring(0, equals)).strip();
        var start = new Position(SOURCE, number, 1);
        if (SecretKeys.isSecret(path)) {
            findings.problem(path, SecretKeys.sentence(path), start);
        } else if (equals < 0) {
            findings.problem(path, "expected key=value, for instance postgres.pool_size=5", start);
        } else {
            ConfigSchema.find(path).ifPresentOrElse(
                    key -> findings.value(key, Scalar.typed(key, setting.substring(equals + 1).strip()),
                            new Position(SOURCE, number, equals + 2)),
                    () -> findings.problem(path, unknown(path), start));
        }
    }

    private static String unknown(String path) {
        return ConfigSchema.isSection(path)
                ? "expected a key, found a section; its keys are " + String.join(", ", ConfigSchema.namesIn(path))
                : "unknown key" + ConfigSchema.hint(path);
    }
}
