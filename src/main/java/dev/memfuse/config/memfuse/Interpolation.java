package dev.memfuse.config.memfuse;

import java.util.Map;
import java.util.Optional;

/// Resolves OmegaConf's interpolations: `${oc.env:NAME,default}` by its default, since the environment of the server is
/// not that of this program, `${oc.decode:text}` by the text, and `${section.key}`, `${.key}` and
/// `${oc.select:key,default}` by the value of that key.
final class Interpolation {
    private static final int MAX_DEPTH = 20;
    private static final String ENVIRONMENT = "oc.env:";
    private static final String DECODE = "oc.decode:";
    private static final String SELECT = "oc.select:";

    private final Map<String, String> texts;

    /// @param texts the text of each value by its key
    Interpolation(Map<String, String> texts) {
        this.texts = texts;
    }

    /// Returns the text with every interpolation replaced; empty when one of them has no value here.
    ///
    /// @param path key of the text, for relative keys
    Optional<String> resolve(String path, String text) {
        return resolve(path, text, 0);
    }

    private Optional<String> resolve(String path, String text, int depth) {
        int start = text.indexOf("${");
        if (start < 0) {
            return Optional.of(text);
        }
        int end = closing(text, start);
        if (end < 0 || depth > MAX_DEPTH) {
            return Optional.empty();
        }
        return value(path, text.substring(start + 2, end), depth + 1)
                .flatMap(value -> resolve(path, text.substring(end + 1), depth + 1)
                        .map(rest -> text.substring(0, start) + value + rest));
    }

    private static int closing(String text, int start) {
        int open = 0;
        for (int i = start; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                open++;
            } else if (text.charAt(i) == '}') {
                open--;
                if (open == 0) {
                    return i;
                }
            }
        }
        return -1;
    }

    private Optional<String> value(String path, String expression, int depth) {
        if (expression.startsWith(ENVIRONMENT)) {
            return fallback(path, expression, depth);
        }
        if (expression.startsWith(DECODE)) {
            return resolve(path, unquoted(expression.substring(DECODE.length()).strip()), depth);
        }
        if (expression.startsWith(SELECT)) {
            String key = expression.substring(SELECT.length()).split(",", 2)[0];
            return value(path, key, depth).or(() -> fallback(path, expression, depth));
        }
        if (expression.contains(":")) {
            return Optional.empty();
        }
        String key = absolute(path, expression.strip());
        String text = texts.get(key);
        return text == null ? Optional.empty() : resolve(key, text, depth);
    }

    /// Resolves what follows the comma; `null` is no value.
    private Optional<String> fallback(String path, String expression, int depth) {
        int comma = expression.indexOf(',');
        String text = expression.substring(comma + 1).strip();
        return comma < 0 || text.equals("null") ? Optional.empty() : resolve(path, unquoted(text), depth);
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && (text.startsWith("'") || text.startsWith("\""))
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /// Returns the key that an expression names; each dot at its beginning leads one section up from the value.
    private static String absolute(String path, String expression) {
        String base = path;
        String rest = expression;
        while (rest.startsWith(".")) {
            base = base.contains(".") ? base.substring(0, base.lastIndexOf('.')) : "";
            rest = rest.substring(1);
        }
        return base.equals(path) || base.isEmpty() ? rest : base + "." + rest;
    }
}
