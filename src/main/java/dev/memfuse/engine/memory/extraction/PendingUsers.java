package dev.memfuse.engine.memory.extraction;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Users whose work list is to be looked at, each in its turn, so that a busy user does not hold up the others. Only a
/// hint of what is in storage, bounded by the number of users. Guarded by its owner's lock.
final class PendingUsers {
    private final Map<UUID, Integer> ready = new LinkedHashMap<>();
    private final Map<UUID, Integer> looking = new HashMap<>();
    private final Map<UUID, Instant> later = new HashMap<>();

    /// A user has so many more items.
    void add(UUID userId, int items) {
        ready.merge(userId, items, Integer::sum);
    }

    /// A user has items that can be taken at a time; they may be known already.
    void found(UUID userId, int items, Instant due, Instant now) {
        if (due.isAfter(now)) {
            later(userId, due);
        } else if (!looking.containsKey(userId)) {
            ready.merge(userId, items, Math::max);
        }
    }

    /// A user has an item that can be taken later.
    void later(UUID userId, Instant due) {
        later.merge(userId, due, (one, other) -> one.isBefore(other) ? one : other);
    }

    /// The user whose turn it is; empty when nobody waits now.
    Optional<UUID> next() {
        Optional<UUID> user = ready.keySet().stream().findFirst();
        user.ifPresent(id -> looking.merge(id, ready.remove(id), Integer::sum));
        return user;
    }

    /// An item of the user was taken: there may be more.
    void taken(UUID userId) {
        Integer known = looking.remove(userId);
        ready.merge(userId, known == null ? 0 : Math.max(0, known - 1), Integer::sum);
    }

    /// Nothing of the user can be taken now.
    void exhausted(UUID userId) {
        looking.remove(userId);
    }

    /// Moves those whose time has come to the ready ones.
    void wake(Instant now) {
        List<UUID> due = later.entrySet().stream().filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(userId -> {
            later.remove(userId);
            ready.merge(userId, 1, Math::max);
        });
    }

    /// When the next of the later ones is due.
    Optional<Instant> nextDue() {
        return later.values().stream().min(Instant::compareTo);
    }

    /// Whether something may be taken now.
    boolean ready() {
        return !ready.isEmpty() || !looking.isEmpty();
    }

    /// Items known to wait.
    int items() {
        int items = later.size();
        for (int known : ready.values()) {
            items += known;
        }
        for (int known : looking.values()) {
            items += known;
        }
        return items;
    }

    void clear() {
        ready.clear();
        later.clear();
    }
}
