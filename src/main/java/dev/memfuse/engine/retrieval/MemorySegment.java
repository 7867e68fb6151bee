package dev.memfuse.engine.retrieval;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.memfuse.engine.MemoryLayer;
import org.jspecify.annotations.Nullable;

/// The newest entries, which are not in the index on disk yet: their texts and terms in memory. Guarded by its owner.
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
    public void collect(MemoryLayer layer, String term, Sink sink) {
        Postings found = postings.getOrDefault(layer, Map.of()).get(term);
        if (found != null) {
            for (int i = 0; i < found.size(); i++) {
                sink.accept(found.entry(i), found.frequency(i));
            }
        }
    }

    /// Ordinals in the order of their addition.
    List<Integer> ordinals() {
        return List.copyOf(order);
    }

    @Nullable
    IndexEntry entry(int ordinal) {
        return entries.get(ordinal);
    }

    int size() {
        return order.size();
    }
}
