package dev.memfuse.engine.service;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.metrics.Stage;
import dev.memfuse.metrics.Trace;

/// Finds the service of a user. With `services.cache` it is built once, lazily, under a double-checked lock (the plan's
/// 1.3); without, it is built for each call with its own parse of the configuration and its own model session, which is
/// the plan's "before". Thread-safe.
final class ServiceFactory {
    private final Map<UUID, UserService> cache = new ConcurrentHashMap<>();
    private final ReentrantLock initialization = new ReentrantLock();
    private final Function<UUID, UserState> states;
    private final EngineComponents parts;
    private final ModelSessions models;
    private final UnaryOperator<MemFuseConfig> reparse;

    /// @param states what the engine holds of a user, made when there is nothing yet
    /// @param reparse prints a configuration and parses it again
    ServiceFactory(Function<UUID, UserState> states, EngineComponents parts, ModelSessions models,
            UnaryOperator<MemFuseConfig> reparse) {
        this.states = states;
        this.parts = parts;
        this.models = models;
        this.reparse = reparse;
    }

    /// Calls a user's service.
    <T> T call(UUID userId, MemFuseConfig config, ServiceCall<T> call) {
        Trace trace = Trace.current();
        Stage outer = trace.enter(Stage.SERVICE);
        try {
            if (config.services().cache()) {
                UserService service = cached(userId);
                trace.enter(Stage.OTHER);
                return call.run(service, config);
            }
            return models.withOwn(model -> {
                UserService service = UserService.build(state(userId), parts, () -> model);
                MemFuseConfig own = reparse.apply(config);
                Stage building = trace.enter(Stage.OTHER);
                try {
                    return call.run(service, own);
                } finally {
                    trace.exit(building);
                }
            });
        } finally {
            trace.exit(outer);
        }
    }

    /// Work with a service and the configuration it was given.
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
                service = UserService.build(state(userId), parts, models::shared);
                cache.put(userId, service);
            }
            return service;
        } finally {
            initialization.unlock();
        }
    }

    private UserState state(UUID userId) {
        return states.apply(userId);
    }

    /// Forgets the service of a user that was deleted.
    void forget(UUID userId) {
        cache.remove(userId);
    }

    /// A service that shares the model, for the engine's own work.
    <T> T internally(UUID userId, Function<UserService, T> work) {
        return work.apply(cached(userId));
    }
}
