package dev.memfuse.load.dataset;

import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Counts letters by writing system. Not thread-safe.
final class ScriptCounts {
    private final Map<UnicodeScript, long[]> counts = new EnumMap<>(UnicodeScript.class);
    private long latin;

    /// Counts the letters of a text.
    void add(String text) {
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next < 0x80) {
                latin += (next | 0x20) >= 'a' && (next | 0x20) <= 'z' ? 1 : 0;
            } else if (!Character.isLowSurrogate(next)) {
                count(text.codePointAt(i));
            }
        }
    }

    private void count(int codePoint) {
        UnicodeScript script = UnicodeScript.of(codePoint);
        if (script == UnicodeScript.LATIN) {
            latin++;
        } else if (Character.isLetter(codePoint) && script != UnicodeScript.COMMON
                && script != UnicodeScript.INHERITED) {
            counts.computeIfAbsent(script, _ -> new long[1])[0]++;
        }
    }

    /// Returns the share of each writing system, 0..1, the largest first.
    Map<String, Double> shares() {
        Map<String, Long> letters = new LinkedHashMap<>();
        letters.put(label(UnicodeScript.LATIN), latin);
        counts.forEach((script, count) -> letters.put(label(script), count[0]));
        double all = letters.values().stream().mapToLong(Long::longValue).sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        letters.entrySet().stream().filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> shares.put(entry.getKey(), entry.getValue() / all));
        return shares;
    }

    private static String label(UnicodeScript script) {
        String name = script.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
