package dev.memfuse.engine.model.language;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Limits the requests and their tokens in any window of one minute.
///
/// Keeps a log of the grants of the last minute (a sliding window); a token bucket would allow up to twice as many in
/// the worst minute. Grants are in the order of the requests. Thread-safe; never waits inside the lock.
final class RateLimit {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Grant> grants = new ArrayDeque<>();
    private final LongSupplier clock;
    private final Pause pause;

    private record Grant(long at, int tokens) {}

    /// Limits per minute.
    record PerMinute(int requests, int tokens) {}

    /// @param clock monotonic clock in nanoseconds
    RateLimit(LongSupplier clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /// Waits until a request is allowed.
    ///
    /// @param tokens tokens of the request
    /// @param within longest wait
    /// @throws RateLimitedException at once, when the wait would be longer
    /// @throws LanguageModelException when the request exceeds the limit of a whole minute
    void acquire(int tokens, PerMinute allowed, Duration within) {
        pause.pause(reserve(tokens, allowed, within));
    }

    private Duration reserve(int tokens, PerMinute allowed, Duration within) {
        if (tokens > allowed.tokens()) {
            throw new LanguageModelException("One request needs " + tokens + " tokens, and llm.max_tokens_per_minute "
                    + "allows " + allowed.tokens() + "; raise it, or add shorter batches.", null);
        }
        lock.lock();
        try {
            long now = clock.getAsLong();
            while (!grants.isEmpty() && grants.getFirst().at() <= now - WINDOW.toNanos()) {
                grants.removeFirst();
            }
            long at = earliest(now, tokens, allowed);
            if (at - now > within.toNanos()) {
                throw new RateLimitedException(Duration.ofNanos(at - now));
            }
            grants.addLast(new Grant(at, tokens));
            return Duration.ofNanos(at - now);
        } finally {
            lock.unlock();
        }
    }

    /// Returns the time at which enough of the earlier grants have left the window.
    private long earliest(long now, int tokens, PerMinute allowed) {
        int requests = grants.size();
        long sum = grants.stream().mapToLong(Grant::tokens).sum();
        long at = grants.isEmpty() ? now : Math.max(now, grants.getLast().at());
        for (Grant grant : grants) {
            if (requests < allowed.requests() && sum + tokens <= allowed.tokens()) {
                break;
            }
            requests--;
            sum -= grant.tokens();
            at = Math.max(at, grant.at() + WINDOW.toNanos());
        }
        return at;
    }
}
