package dev.memfuse.config.yaml;

import java.util.List;

import dev.memfuse.config.ConfigProblem.Position;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.schema.Scalar;
import dev.memfuse.config.schema.TypedText;
import dev.memfuse.config.secret.SecretKeys;

/// Reads the settings `key=value` of the command line.
final class Overrides {
    static final String SOURCE = "--set";

    private Overrides() {}

    /// Reads all settings. The line of a problem is the number of the option, the column that in its text.
    static ParseResult read(List<String> settings) {
        var result = new ParseResult();
        for (int i = 0; i < settings.size(); i++) {
            read(settings.get(i), i + 1, result);
        }
        return result;
    }

    private static void read(String setting, int number, ParseResult result) {
        int equals = setting.indexOf('=');
        String path = TypedText.excerpt((equals < 0 ? setting : setting.substring(0, equals)).strip());
        var start = new Position(SOURCE, number, 1);
        // A key of the configuration may name the file of a secret; it holds none itself.
        if (SecretKeys.isSecret(path) && ConfigSchema.find(path).isEmpty()) {
            result.addProblem(path, SecretKeys.problem(path), start);
        } else if (equals < 0) {
            result.addProblem(path, "expected key=value, for instance postgres.pool_size=5", start);
        } else {
            ConfigSchema.find(path).ifPresentOrElse(
                    key -> result.addValue(key,
                            Scalar.ofInput(key.range().type(), setting.substring(equals + 1)),
                            new Position(SOURCE, number, equals + 2)),
                    () -> result.addProblem(path, unknownProblem(path), start));
        }
    }

    private static String unknownProblem(String path) {
        return ConfigSchema.isSection(path)
                ? "expected a key, found a section; its keys are " + ConfigSchema.exampleNames(path)
                : ConfigSchema.unknown(path);
    }
}
