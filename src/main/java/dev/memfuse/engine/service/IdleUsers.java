package dev.memfuse.engine.service;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Releases the states of idle users, so that memory does not grow with the number of users ever served. A state is
/// released only while no call of the user runs, its buffers are empty and its index is closed; the next call creates a
/// new one. The legacy form of the services keeps its users.
final class IdleUsers {
    /// Number of states that are kept for [#IDLE], for the sake of their cached answers.
    private static final int KEPT = 1_000;
    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final Duration IDLE_WHEN_MANY = Duration.ofSeconds(20);
    private static final int SECONDS = 5;

    private final UserStates states;
    private final ServiceFactory services;
    private final UserLocks locks;

    IdleUsers(UserStates states, ServiceFactory services, UserLocks locks) {
        this.states = states;
        this.services = services;
        this.locks = locks;
    }

    /// Releases idle states every few seconds.
    void schedule(ScheduledExecutorService timer) {
        timer.scheduleWithFixedDelay(() -> release(IDLE, IDLE_WHEN_MANY), SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    /// Releases the states of users without a call for a time.
    ///
    /// @param idle limit for each state
    /// @param idleWhenMany limit while there are more than [#KEPT] states
    void release(Duration idle, Duration idleWhenMany) {
        int surplus = states.size() - KEPT;
        for (UserState state : states.all()) {
            long idleNanos = state.activity().idleNanos();
            if (idleNanos >= idle.toNanos() || (surplus > 0 && idleNanos >= idleWhenMany.toNanos())) {
                surplus -= release(state) ? 1 : 0;
            }
        }
    }

    private boolean release(UserState state) {
        UUID user = state.userId();
        return isReleasable(state) && locks.exclusiveIfFree(user, () -> {
            boolean releasable = isReleasable(state) && states.isCurrent(state);
            if (releasable) {
                services.remove(user);
                states.remove(user);
            }
            return releasable;
        });
    }

    private boolean isReleasable(UserState state) {
        return !services.isKept(state.userId()) && state.buffers().isEmpty() && !state.index().isActive()
                && !state.flushOrder().isLocked();
    }
}
