package dev.memfuse.engine.model.language;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Grants requests so that no window of a minute holds more of them, or more of their tokens, than is allowed.
///
/// A log of the grants of the last minute (a sliding window): a token bucket would let through up to twice as much in
/// the worst minute. Grants are given in the order of asking. Thread-safe; waits with the given pause, never inside
/// the lock.
final class RateLimit {
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Grant> grants = new ArrayDeque<>();
    private final LongSupplier clock;
    private final Pause pause;

    private record Grant(long at, int tokens) {}

    /// How much a minute may hold.
    record PerMinute(int requests, int tokens) {}

    /// @param clock in nanoseconds
    RateLimit(LongSupplier clock, Pause pause) {
        this.clock = clock;
        this.pause = pause;
    }

    /// Waits until a request of so many tokens may go.
    ///
    /// @throws LanguageModelException when that would take longer than `within`, at once and without a grant
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
                throw new LanguageModelException("The limits of requests and tokens per minute leave no room for "
                        + "another call now.", null);
            }
            grants.addLast(new Grant(at, tokens));
            return Duration.ofNanos(at - now);
        } finally {
            lock.unlock();
        }
    }

    /// When enough of the earlier grants have left the window.
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
