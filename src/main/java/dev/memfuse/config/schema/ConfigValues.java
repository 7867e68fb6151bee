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

/// Reads and replaces single values of a configuration by key, for code that works on any key: the Flags page,
/// `--set`, the diff. Code that knows its key uses the records.
public final class ConfigValues {
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z]([A-Za-z0-9_./:?=&-]*[A-Za-z0-9/])?");
    private static final Set<String> WORDS_OF_YAML = Set.of("true", "false", "null", "yes", "no", "on", "off", "y",
            "n");

    private ConfigValues() {}

    /// The value of a key: [Boolean], [Integer], [Duration], [Double], [String] or an enum constant (see
    /// [ConfigKey.Kind]).
    ///
    /// @throws ConfigException when there is no such key
    public static Object get(MemFuseConfig config, String path) {
        return RecordAccess.get(config, ConfigSchema.require(path).path());
    }

    /// The configuration with one value replaced.
    ///
    /// @param value of the type that [#get] returns; for a choice its word will do
    /// @throws ConfigException when there is no such key, or the value is of another type or out of range
    public static MemFuseConfig with(MemFuseConfig config, String path, Object value) {
        ConfigKey key = ConfigSchema.require(path);
        key.fault(value).ifPresent(fault -> reject(path, fault));
        return RecordAccess.with(config, path, value);
    }

    /// What a user typed for a key, as a value for [#with]. A text is taken as it stands, without quotes around it.
    ///
    /// @throws ConfigException with a sentence for the user when the text is not a value of this key
    public static Object parse(String path, String text) {
        ConfigKey key = ConfigSchema.require(path);
        ScalarResult reading = Scalar.typed(key, text.strip()).read(key);
        return switch (reading) {
            case ScalarResult.Value(Object value) -> value;
            case ScalarResult.Fault(String sentence) -> throw rejection(path, sentence);
        };
    }

    /// A value as YAML would print it: seconds as plain numbers, choices as words, text quoted where YAML needs it.
    public static String print(Object value) {
        return switch (value) {
            case Duration time -> number(ConfigKey.seconds(time));
            case Double share -> Double.isFinite(share) ? number(BigDecimal.valueOf(share)) : share.toString();
            case String text -> isPlain(text) ? text : quote(text);
            case Enum<?> constant -> ConfigKey.word(constant);
            default -> value.toString();
        };
    }

    /// `target` with those keys that are fixed at start taken from `running`, so that a profile can be applied to a
    /// running engine.
    public static MemFuseConfig keepingFixed(MemFuseConfig target, MemFuseConfig running) {
        MemFuseConfig result = target;
        for (ConfigKey key : ConfigSchema.keys()) {
            if (!key.hot()) {
                result = RecordAccess.with(result, key.path(), get(running, key.path()));
            }
        }
        return result;
    }

    public static String quote(String text) {
        var quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            switch (character) {
                case '"', '\\' -> quoted.append('\\').append((char) character);
                case '\n' -> quoted.append("\\n");
                default -> {
                    boolean visible = character >= ' ' && character != 0x7f;
                    quoted.append(visible ? String.valueOf((char) character) : "\\u%04x".formatted(character));
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isPlain(String text) {
        return NEEDS_NO_QUOTES.matcher(text).matches() && !WORDS_OF_YAML.contains(text.toLowerCase(Locale.ROOT));
    }

    private static String number(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static void reject(String path, String sentence) {
        throw rejection(path, sentence);
    }

    private static ConfigException rejection(String path, String sentence) {
        return new ConfigException(List.of(new ConfigProblem(path, sentence, Optional.empty())));
    }
}
