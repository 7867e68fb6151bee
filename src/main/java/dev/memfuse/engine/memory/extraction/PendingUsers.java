package dev.memfuse.engine.memory.extraction;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Users with pending items in the work list, processed in turn, so that a busy user does not delay the others. The
/// counts are estimates of the list in storage. Its size is bounded by the number of users. Times are of the clock
/// of [System#nanoTime]. Not thread-safe: [Extraction] guards it by its lock.
final class PendingUsers {
    private final Map<UUID, Integer> ready = new LinkedHashMap<>();
    private final Map<UUID, Integer> claiming = new HashMap<>();
    private final Map<UUID, Long> later = new HashMap<>();

    /// Adds items of a user.
    void add(UUID userId, int items) {
        ready.merge(userId, items, Integer::sum);
    }

    /// Adds items of a user that were found in the list; they may be counted already.
    ///
    /// @param due time from which the first can be claimed
    void found(UUID userId, int items, long due, long now) {
        if (due - now > 0) {
            later(userId, due);
        } else if (!claiming.containsKey(userId)) {
            ready.merge(userId, items, Math::max);
        }
    }

    /// Adds an item of a user that can be claimed later.
    void later(UUID userId, long due) {
        later.merge(userId, due, (one, other) -> one - other < 0 ? one : other);
    }

    /// Returns the next user; empty when no item can be claimed now. Each call is followed by [#taken] or [#exhausted].
    ///
    /// @param except users to leave out
    Optional<UUID> next(Collection<UUID> except) {
        Optional<UUID> user = ready.keySet().stream().filter(id -> !except.contains(id)).findFirst();
        user.ifPresent(id -> claiming.merge(id, ready.remove(id), Integer::sum));
        return user;
    }

    /// Called when an item of the user was claimed; there may be more.
    void taken(UUID userId) {
        Integer known = claiming.remove(userId);
        ready.merge(userId, known == null ? 0 : Math.max(0, known - 1), Integer::sum);
    }

    /// Called when no item of the user can be claimed now.
    void exhausted(UUID userId) {
        claiming.remove(userId);
    }

    /// Makes the users ready whose later items are due.
    void wake(long now) {
        List<UUID> due = later.entrySet().stream().filter(entry -> entry.getValue() - now <= 0)
                .map(Map.Entry::getKey)
                .toList();
        due.forEach(userId -> {
            later.remove(userId);
            ready.merge(userId, 1, Math::max);
        });
    }

    /// Returns the earliest due time of a later item.
    Optional<Long> nextDue() {
        return later.values().stream().reduce((one, other) -> one - other < 0 ? one : other);
    }

    /// Returns whether an item may be claimed now.
    boolean ready() {
        return !ready.isEmpty() || !claiming.isEmpty();
    }

    /// Returns the number of known items.
    int items() {
        int items = later.size();
        for (int known : ready.values()) {
            items += known;
        }
        for (int known : claiming.values()) {
            items += known;
        }
        return items;
    }

    /// Removes all users except those with a claim in progress.
    void clear() {
        ready.clear();
        later.clear();
    }
}
