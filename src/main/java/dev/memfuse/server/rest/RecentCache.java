package dev.memfuse.server.rest;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.memfuse.engine.exception.StorageUnavailableException;

/// Values that were read from the database. A value is read again after a time, and stays in use while the database is
/// away. Absence is not kept. Thread-safe.
///
/// @param <K> key
/// @param <V> value
public final class RecentCache<K, V> {
    private static final int LIMIT = 50_000;

    private final Cache<K, Entry<V>> values = Caffeine.newBuilder().maximumSize(LIMIT).build();
    private final long maxAgeNanos;

    private record Entry<V>(V value, long readAt) {}

    /// @param maxAge time after which a value is read again
    public RecentCache(Duration maxAge) {
        maxAgeNanos = maxAge.toNanos();
    }

    /// Returns a value.
    ///
    /// @param read reads it from the database
    /// @throws StorageUnavailableException when the database is away and the value was not read before
    public Optional<V> get(K key, Function<K, Optional<V>> read) {
        Entry<V> known = values.getIfPresent(key);
        if (known != null && isRecent(known)) {
            return Optional.of(known.value());
        }
        try {
            return Optional.ofNullable(values.asMap().compute(key, (_, old) -> old != null && isRecent(old)
                    ? old
                    : read.apply(key).map(value -> new Entry<>(value, System.nanoTime())).orElse(null)))
                    .map(Entry::value);
        } catch (StorageUnavailableException e) {
            if (known == null) {
                throw e;
            }
            return Optional.of(known.value());
        }
    }

    /// Returns the values that were read lately; older ones too when `stale`.
    public Map<K, V> known(Collection<K> keys, boolean stale) {
        Map<K, V> found = new HashMap<>();
        values.getAllPresent(keys).forEach((key, entry) -> {
            if (stale || isRecent(entry)) {
                found.put(key, entry.value());
            }
        });
        return found;
    }

    private boolean isRecent(Entry<V> entry) {
        return System.nanoTime() - entry.readAt() < maxAgeNanos;
    }

    /// Keeps a value that was just stored.
    void put(K key, V value) {
        values.put(key, new Entry<>(value, System.nanoTime()));
    }

    /// Removes a value.
    public void remove(K key) {
        values.invalidate(key);
    }

    /// Removes all values.
    public void clear() {
        values.invalidateAll();
    }

    /// Removes values.
    void removeIf(Predicate<V> condition) {
        values.asMap().values().removeIf(entry -> condition.test(entry.value()));
    }
}
