package dev.memfuse.engine.service;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Provides the service of a user. With `services.cache` it is built once, at first use, under a double-checked lock
/// (1.3 of the plan). Without, it is built for each call with its own parse of the configuration and its own model
/// session, as in the original program. Thread-safe.
final class ServiceFactory {
    private final Map<UUID, UserService> cache = new ConcurrentHashMap<>();
    private final ReentrantLock initialization = new ReentrantLock();
    private final UserStates states;
    private final ServiceContext context;
    private final ModelSessions models;
    private final UnaryOperator<MemFuseConfig> reparse;

    /// @param reparse prints a configuration and parses it again
    ServiceFactory(UserStates states, ServiceContext context, ModelSessions models,
            UnaryOperator<MemFuseConfig> reparse) {
        this.states = states;
        this.context = context;
        this.models = models;
        this.reparse = reparse;
    }

    /// Calls the service of a user.
    <T> T call(UUID userId, MemFuseConfig config, ServiceCall<T> call) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.SERVICE);
        try {
            if (config.services().cache()) {
                UserService service = cached(userId);
                service.activity().called();
                trace.enter(Stage.OTHER);
                return call.run(service, config);
            }
            return models.withPrivate(model -> {
                UserService service = UserService.build(states.of(userId), context, () -> model);
                service.activity().called();
                MemFuseConfig parsed = reparse.apply(config);
                Stage building = trace.enter(Stage.OTHER);
                try {
                    return call.run(service, parsed);
                } finally {
                    trace.exit(building);
                }
            });
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
        initialization.lock();
        try {
            service = cache.get(userId);
            if (service == null) {
                service = UserService.build(states.of(userId), context, models::shared);
                cache.put(userId, service);
            }
            return service;
        } finally {
            initialization.unlock();
        }
    }

    /// Removes the cached service of a user whose state is removed.
    void remove(UUID userId) {
        cache.remove(userId);
    }
}
