package dev.memfuse.server;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// Limits the requests of each client: a bucket that holds the requests of a minute and refills steadily. Thread-safe.
final class RateLimit {
    private static final int CLIENTS = 100_000;
    private static final Duration FORGET = Duration.ofMinutes(2);

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder().maximumSize(CLIENTS).expireAfterAccess(FORGET)
            .build();
    private final int perMinute;

    private static final class Bucket {
        private double tokens;
        private long updated = System.nanoTime();

        Bucket(double tokens) {
            this.tokens = tokens;
        }

        synchronized boolean take(double capacity, int count) {
            long now = System.nanoTime();
            tokens = Math.min(capacity, tokens + (now - updated) * capacity / Duration.ofMinutes(1).toNanos());
            updated = now;
            if (tokens < 1) {
                return false;
            }
            tokens -= count;
            return true;
        }
    }

    /// @param perMinute maximum number of requests of a client; 0 sets none
    RateLimit(int perMinute) {
        this.perMinute = perMinute;
    }

    /// Counts a request of a client. Returns false when the client has sent too many.
    boolean take(String client) {
        return take(client, 1);
    }

    /// Returns whether a client may send a request, without counting one.
    boolean mayTake(String client) {
        return take(client, 0);
    }

    private boolean take(String client, int count) {
        return perMinute == 0 || buckets.get(client, _ -> new Bucket(perMinute)).take(perMinute, count);
    }
}
