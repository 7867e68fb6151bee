package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.engine.MemoryLayer;
import org.jspecify.annotations.Nullable;

/// Texts and terms of entries that are not in the index on disk yet. Guarded by the index that owns it.
final class MemorySegment implements TermSource {
    private final Map<MemoryLayer, Map<String, Postings>> postings = new EnumMap<>(MemoryLayer.class);
    private final Map<Integer, IndexEntry> entries = new HashMap<>();
    private final List<Integer> order = new ArrayList<>();

    void add(int ordinal, IndexEntry entry, Map<String, Integer> terms) {
        Map<String, Postings> ofLayer = postings.computeIfAbsent(entry.layer(), _ -> new HashMap<>());
        terms.forEach((term, count) -> ofLayer.computeIfAbsent(term, _ -> new Postings()).add(ordinal, count));
        entries.put(ordinal, entry);
        order.add(ordinal);
    }

    @Override
    public void collect(MemoryLayer layer, String term, PostingConsumer consumer) {
        Postings found = postings.getOrDefault(layer, Map.of()).get(term);
        if (found != null) {
            found.pass(consumer);
        }
    }

    /// Returns the ordinals in the order of their addition.
    List<Integer> ordinals() {
        return List.copyOf(order);
    }

    /// Returns an entry, or null when it is not in this segment.
    @Nullable
    IndexEntry entry(int ordinal) {
        return entries.get(ordinal);
    }

    int size() {
        return order.size();
    }
}
