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

/// Texts that wait to be embedded: those somebody looks at the screen for, and all others. Gathers the texts of many
/// callers into batches of similar length. Not thread-safe: [EmbeddingPool] guards it.
final class EmbeddingQueue {
    /// How far behind the oldest text a batch looks for texts of similar length.
    private static final int OUTLOOK = 256;
    private static final int SMALLEST_SHARE = 4;

    private final Deque<Item> urgent = new ArrayDeque<>();
    private final Deque<Item> bulk = new ArrayDeque<>();

    void add(EmbeddingRequest request, Urgency urgency) {
        (urgency == Urgency.QUERY ? urgent : bulk).addAll(request.items());
    }

    boolean isEmpty(Urgency urgency) {
        return urgency == Urgency.QUERY ? urgent.isEmpty() : bulk.isEmpty();
    }

    int size() {
        return urgent.size() + bulk.size();
    }

    /// Takes the next batch of the most urgent kind; empty when there is none.
    ///
    /// @param least what is less urgent than this is left
    /// @param most texts at most
    /// @param sharers threads among which a short queue is divided
    List<Item> take(Urgency least, int most, int sharers) {
        Deque<Item> from = urgent.isEmpty() && least == Urgency.BULK ? bulk : urgent;
        from.removeIf(Item::abandoned);
        if (from.isEmpty()) {
            return List.of();
        }
        int share = Math.max(SMALLEST_SHARE, (from.size() + sharers - 1) / sharers);
        return take(from, Math.min(most, share));
    }

    /// The oldest text is always taken, so none waits for ever; with it those nearest to its length.
    private static List<Item> take(Deque<Item> from, int most) {
        Item oldest = from.getFirst();
        List<Item> near = new ArrayList<>();
        Iterator<Item> all = from.iterator();
        for (int i = 0; i < OUTLOOK && all.hasNext(); i++) {
            Item item = all.next();
            if (item.model().name().equals(oldest.model().name())) {
                near.add(item);
            }
        }
        int length = oldest.text().length();
        near.sort(Comparator.comparingInt(item -> Math.abs(item.text().length() - length)));
        // Equal lengths keep their order, so the oldest text stays first.
        Set<Item> taken = new HashSet<>(near.subList(0, Math.min(most, near.size())));
        from.removeIf(taken::contains);
        return List.copyOf(taken);
    }
}
