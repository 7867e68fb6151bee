package dev.memfuse.engine.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

import dev.memfuse.engine.model.EmbeddingRequest.Item;

/// Queued texts: those of queries and those of bulk work. Combines the texts of several callers into batches of similar
/// length. Not thread-safe: [EmbeddingPool] guards it by its lock.
final class EmbeddingQueue {
    /// Number of queued texts, from the oldest on, among which a batch is chosen.
    private static final int LOOKAHEAD = 256;
    private static final int MIN_BATCH = 4;

    private final Deque<Item> urgent = new ArrayDeque<>();
    private final Deque<Item> bulk = new ArrayDeque<>();

    /// Adds the texts of a request.
    void add(EmbeddingRequest request, Urgency urgency) {
        (urgency == Urgency.QUERY ? urgent : bulk).addAll(request.items());
    }

    boolean isEmpty(Urgency urgency) {
        return urgency == Urgency.QUERY ? urgent.isEmpty() : bulk.isEmpty();
    }

    int size() {
        return urgent.size() + bulk.size();
    }

    /// Takes the next batch of the most urgent texts; empty when there are none.
    ///
    /// @param urgency minimum urgency
    /// @param limit maximum number of texts
    /// @param threads number of threads that share a short queue
    List<Item> take(Urgency urgency, int limit, int threads) {
        Deque<Item> from = urgent.isEmpty() && urgency == Urgency.BULK ? bulk : urgent;
        from.removeIf(Item::abandoned);
        if (from.isEmpty()) {
            return List.of();
        }
        int share = Math.max(MIN_BATCH, (from.size() + threads - 1) / threads);
        return take(from, Math.min(limit, share));
    }

    /// Takes the oldest text, so that no text starves, and the texts nearest to it in length.
    private static List<Item> take(Deque<Item> from, int limit) {
        Item oldest = from.getFirst();
        List<Item> candidates = new ArrayList<>();
        Iterator<Item> all = from.iterator();
        for (int i = 0; i < LOOKAHEAD && all.hasNext(); i++) {
            Item item = all.next();
            if (item.model().name().equals(oldest.model().name())) {
                candidates.add(item);
            }
        }
        int length = oldest.text().length();
        candidates.sort(Comparator.comparingInt(item -> Math.abs(item.text().length() - length)));
        // The sort is stable, so the oldest text stays first among equal lengths.
        Set<Item> taken = new HashSet<>(candidates.subList(0, Math.min(limit, candidates.size())));
        from.removeIf(taken::contains);
        return List.copyOf(taken);
    }
}
