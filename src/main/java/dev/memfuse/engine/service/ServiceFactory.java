package dev.memfuse.engine.service;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Provides the service of a user. With `services.cache` it is built once, at first use, under a double-checked lock
/// (1.3 of the plan), and shares the configuration and the model with all others. Without, it is one of
/// [PlainServices]. The time of the first access is measured in both forms. Thread-safe.
final class ServiceFactory {
    private final Map<UUID, UserService> cache = new ConcurrentHashMap<>();
    private final ReentrantLock initialization = new ReentrantLock();
    private final UserStates states;
    private final ServiceContext context;
    private final ModelSessions models;
    private final MetricsHub metrics;
    private final PlainServices plain;

    /// @param plain services of the legacy form
    ServiceFactory(UserStates states, ServiceContext context, ModelSessions models, PlainServices plain,
            MetricsHub metrics) {
        this.states = states;
        this.context = context;
        this.models = models;
        this.plain = plain;
        this.metrics = metrics;
    }

    /// Calls the service of a user.
    <T> T call(UUID userId, MemFuseConfig config, ServiceCall<T> call) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.SERVICE);
        try {
            if (!config.services().cache()) {
                return plain.call(userId, config, call);
            }
            UserService service = cached(userId);
            service.activity().called();
            trace.enter(Stage.OTHER);
            return call.run(service, config);
        } finally {
            trace.exit(outer);
        }
    }

    /// A call of a service with the configuration that applies to it.
    @FunctionalInterface
    interface ServiceCall<T> {
        T run(UserService service, MemFuseConfig config);
    }

    private UserService cached(UUID userId) {
        UserService service = cache.get(userId);
        if (service != null) {
            return service;
        }
        long began = System.nanoTime();
        initialization.lock();
        try {
            service = cache.get(userId);
            if (service == null) {
                service = UserService.build(states.of(userId), context, models::shared);
                cache.put(userId, service);
                metrics.firstAccess(System.nanoTime() - began);
            }
            return service;
        } finally {
            initialization.unlock();
        }
    }

    /// Returns whether the service of a user, and with it the user's state, is kept although the user is idle.
    boolean isKept(UUID userId) {
        return plain.contains(userId);
    }

    /// Removes the services of a user whose state is removed.
    void remove(UUID userId) {
        cache.remove(userId);
        plain.remove(userId);
    }

    /// Removes the services of the form that is not in force, so that a switch releases what the other form held. Does
    /// not block.
    ///
    /// @param cached whether services are cached now
    void keepOnly(boolean cached) {
        if (!cached) {
            cache.clear();
        } else if (!plain.isEmpty()) {
            BackgroundThreads.virtual("engine-services").start(plain::clear);
        }
    }
}
