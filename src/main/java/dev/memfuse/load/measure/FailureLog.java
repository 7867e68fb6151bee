package dev.memfuse.load.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import dev.memfuse.load.OperationKind;

/// Counts failures by message, in bounded memory. Thread-safe.
public final class FailureLog {
    private static final int MAX_TEXTS = 32;
    private static final String OTHERS = "other failures";

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(OperationKind kind, Throwable failure) {
        add(kind.label() + ": " + Objects.requireNonNullElse(failure.getMessage(), failure.toString()), 1);
    }

    /// Adds failures that were counted elsewhere.
    void add(String text, long times) {
        String key = counts.containsKey(text) || counts.size() < MAX_TEXTS ? text : OTHERS;
        counts.computeIfAbsent(key, _ -> new LongAdder()).add(times);
    }

    /// Takes the counts since the last call.
    Map<String, Long> take() {
        Map<String, Long> taken = new LinkedHashMap<>();
        counts.forEach((text, count) -> {
            long times = count.sumThenReset();
            if (times > 0) {
                taken.put(text, times);
            }
        });
        return taken;
    }

    /// Returns the most frequent failures with their counts, one sentence each.
    ///
    /// @param limit maximum number of sentences
    public List<String> mostFrequent(int limit) {
        return counts.entrySet().stream()
                .sorted((a, b) -> Long.compare(b.getValue().sum(), a.getValue().sum())).limit(limit)
                .map(entry -> sentence(entry.getValue().sum(), entry.getKey()))
                .toList();
    }

    private static String sentence(long times, String failure) {
        return String.format(Locale.ROOT, "Failed %,d %s: %s", times, times == 1 ? "time" : "times", failure);
    }
}
