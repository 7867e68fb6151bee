package dev.memfuse.transfer;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.memfuse.engine.record.RecordKind;

/// Counts records by kind. Not thread-safe.
final class RecordCounts {
    private final Map<RecordKind, Long> counts = new EnumMap<>(RecordKind.class);
    private long total;

    /// Counts one record.
    void add(RecordKind kind) {
        counts.merge(kind, 1L, Long::sum);
        total++;
    }

    /// Returns the number of all records.
    long total() {
        return total;
    }

    /// Returns the number of records by label of their kind, in the order of the kinds. Kinds without records are
    /// absent.
    Map<String, Long> byLabel() {
        Map<String, Long> named = new LinkedHashMap<>();
        counts.forEach((kind, count) -> named.put(kind.label(), count));
        return Collections.unmodifiableMap(named);
    }
}
