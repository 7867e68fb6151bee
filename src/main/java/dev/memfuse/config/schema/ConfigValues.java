package dev.memfuse.config.schema;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;

/// Reads, replaces, parses and prints single values of a configuration by key, for code that works on any key: the
/// Flags page, `--set`, the diff. Code that needs one certain key uses the records. For any thread.
public final class ConfigValues {
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z]([A-Za-z0-9_./:?=&-]*[A-Za-z0-9/])?"
            + "|[0-9]+(B|kB|MB|GB|TB|us|ms|s|min|h|d)");
    private static final Set<String> YAML_WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private static final int LONGEST_PLAIN = 30;

    private ConfigValues() {}

    /// Returns the value of a key: [Boolean], [Integer], [Duration], [Double], [String] or an enum constant (see
    /// [ValueType]). A setting of the embedded server that is not set is an empty text.
    ///
    /// @throws ConfigException when there is no such key
    public static Object get(MemFuseConfig config, String path) {
        return RecordAccess.get(config, ConfigSchema.require(path).path());
    }

    /// Returns the configuration with one value replaced.
    ///
    /// @param value of the type that [#get] returns; for a choice also its word
    /// @throws ConfigException when there is no such key, or the value is of another type or out of range
    public static MemFuseConfig with(MemFuseConfig config, String path, Object value) {
        ConfigKey key = ConfigSchema.require(path);
        key.range().problem(value).ifPresent(problem -> reject(path, problem));
        return RecordAccess.with(config, path, value);
    }

    /// Parses the input of a user for a key into a value for [#with]. A text is taken literally, without quotes.
    ///
    /// @throws ConfigException with a sentence for the user when the input is not a value of this key
    public static Object parse(String path, String input) {
        ValueRange range = ConfigSchema.require(path).range();
        return switch (Scalar.ofInput(range.type(), input).read(range)) {
            case ScalarResult.Value(Object value) -> value;
            case ScalarResult.Problem(String sentence) -> throw rejection(path, sentence);
        };
    }

    /// Returns a value as YAML prints it: seconds as plain numbers, choices as words, text quoted where YAML needs it.
    public static String print(Object value) {
        return switch (value) {
            case Duration time -> number(seconds(time));
            case Double share -> Double.isFinite(share) ? number(BigDecimal.valueOf(share)) : share.toString();
            case String text -> isPlain(text) ? text : quote(text);
            case Enum<?> constant -> word(constant);
            default -> value.toString();
        };
    }

    /// Returns a printed value as the user reads it: followed by its risk, if it has one.
    ///
    /// @param path the key; a value of an unknown key is returned unchanged
    /// @param printed the value as YAML prints it
    public static String label(String path, String printed) {
        return ConfigSchema.find(path).map(key -> key.label(printed)).orElse(printed);
    }

    /// Returns `target` with the keys that are fixed at start taken from `running`, so that a profile can be applied
    /// to a running engine.
    public static MemFuseConfig keepingFixed(MemFuseConfig target, MemFuseConfig running) {
        MemFuseConfig result = target;
        for (ConfigKey key : ConfigSchema.keys(target, running)) {
            if (!key.hot()) {
                result = RecordAccess.with(result, key.path(), get(running, key.path()));
            }
        }
        return result;
    }

    /// Returns `target` for another database: with the keys that are fixed at start and the settings of the server as
    /// they are in `running`.
    public static MemFuseConfig keepingDatabase(MemFuseConfig target, MemFuseConfig running) {
        MemFuseConfig result = keepingFixed(target, running);
        for (ConfigKey key : ConfigSchema.keys(target, running)) {
            if (key.range().type() == ValueType.SERVER_SETTING) {
                result = RecordAccess.with(result, key.path(), get(running, key.path()));
            }
        }
        return result;
    }

    /// Returns a duration as a decimal number of seconds.
    public static BigDecimal seconds(Duration time) {
        return BigDecimal.valueOf(time.getSeconds()).add(BigDecimal.valueOf(time.getNano(), 9));
    }

    /// Returns the word of a choice: an enum constant's name in lower case; other values as their text.
    public static String word(Object value) {
        return value instanceof Enum<?> constant ? constant.name().toLowerCase(Locale.ROOT) : value.toString();
    }

    /// Returns a text in double quotes, with quotes, backslashes and invisible characters escaped.
    public static String quote(String text) {
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(character -> {
            switch (character) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(character);
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (TypedText.isVisible(character)) {
                        quoted.appendCodePoint(character);
                    } else {
                        quoted.append(
                                String.format(Locale.ROOT, character > 0xffff ? "\\U%08x" : "\\u%04x", character));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isPlain(String text) {
        return NEEDS_NO_QUOTES.matcher(text).matches() && !YAML_WORDS.contains(text.toLowerCase(Locale.ROOT));
    }

    private static String number(BigDecimal number) {
        String plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        // With an exponent, so that a tiny number is not longer than a file may have it.
        return plain.length() <= LONGEST_PLAIN ? plain : number.stripTrailingZeros().toString();
    }

    private static void reject(String path, String sentence) {
        throw rejection(path, sentence);
    }

    private static ConfigException rejection(String path, String sentence) {
        return new ConfigException(List.of(new ConfigProblem(path, sentence, Optional.empty())));
    }
}
