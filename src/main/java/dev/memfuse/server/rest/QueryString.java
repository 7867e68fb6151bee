package dev.memfuse.server.rest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/// The parameters of a request. Clients of MemFuse put names into addresses without encoding them: what follows an
/// unknown name of a parameter belongs to the value before it, a plus sign stays one, and a percent sign without two
/// hexadecimal digits stays as it is.
record QueryString(Map<String, String> values) {

    /// @param raw text after the question mark; null when there is none
    /// @param known names of parameters
    static QueryString parse(@Nullable String raw, Set<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        String last = "";
        for (String part : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : decode(part.substring(0, equals));
            if (known.contains(name)) {
                values.put(name, part.substring(equals + 1));
                last = name;
            } else if (!last.isEmpty()) {
                values.merge(last, part, (value, rest) -> value + "&" + rest);
            }
        }
        values.replaceAll((_, value) -> decode(value));
        return new QueryString(values);
    }

    /// Returns a value; empty when it is missing.
    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// Decodes percent-encoded UTF-8.
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[raw.length];
        int length = 0;
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], 16);
            if (low < 0) {
                decoded[length++] = raw[i];
            } else {
                decoded[length++] = (byte) (high << 4 | low);
                i += 2;
            }
        }
        return new String(decoded, 0, length, StandardCharsets.UTF_8);
    }
}
